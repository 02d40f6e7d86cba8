package io.millrace.api.plan.builder;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.CollectionType;
import io.millrace.api.types.CompositeType;
import io.millrace.api.types.CustomType;
import io.millrace.api.types.DynamicType;
import io.millrace.api.types.EnumType;
import io.millrace.api.types.MapType;
import io.millrace.api.types.ObjectArrayType;
import io.millrace.api.types.OptionalType;
import io.millrace.api.types.PojoType;
import io.millrace.api.types.PrimitiveArrayType;
import io.millrace.api.types.RecordType;
import io.millrace.api.types.SealedType;
import io.millrace.api.types.TupleType;
import io.millrace.api.types.TypeInformation;
import java.lang.reflect.Type;
import java.util.List;

/** From what serializers are made from back to the type as the Java language writes it. */
final class JavaTypes implements TypeInformation.Cases<Type> {
    private static final JavaTypes CASES = new JavaTypes();

    private JavaTypes() {}

    static Type of(TypeInformation<?> type) {
        return type.match(CASES);
    }

    private static Type of(Class<?> generic, List<TypeInformation<?>> arguments) {
        return arguments.isEmpty()
                ? generic
                : new GenericTypes.Parameterized(
                        generic, arguments.stream().map(JavaTypes::of).toList());
    }

    @Override
    public Type basic(BasicType<?> type) {
        return type.getTypeClass();
    }

    @Override
    public Type enumeration(EnumType<?> type) {
        return type.getTypeClass();
    }

    @Override
    public Type primitiveArray(PrimitiveArrayType<?> type) {
        return type.getTypeClass();
    }

    @Override
    public Type objectArray(ObjectArrayType<?> type) {
        return GenericTypes.arrayOf(of(type.element()));
    }

    @Override
    public Type collection(CollectionType<?> type) {
        return of(type.declaredClass(), List.of(type.element()));
    }

    @Override
    public Type map(MapType<?> type) {
        return of(type.declaredClass(), List.of(type.key(), type.value()));
    }

    @Override
    public Type optional(OptionalType<?> type) {
        return of(type.getTypeClass(), List.of(type.element()));
    }

    @Override
    public Type composite(CompositeType<?> type) {
        if (type instanceof TupleType<?> tuple) {
            return of(tuple.tupleClass(), tuple.elements());
        }
        return type instanceof RecordType<?> plain
                ? of(plain.recordClass(), plain.typeArguments())
                : of(type.getTypeClass(), ((PojoType<?>) type).typeArguments());
    }

    @Override
    public Type sealed(SealedType<?> type) {
        return of(type.sealedClass(), type.typeArguments());
    }

    @Override
    public Type dynamic(DynamicType<?> type) {
        return type.bound();
    }

    @Override
    public Type custom(CustomType<?> type) {
        return type.getTypeClass();
    }
}
