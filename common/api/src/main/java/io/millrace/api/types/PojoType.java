package io.millrace.api.types;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A class with a constructor without arguments whose state is its fields: each is neither private nor final, or has a
 * getter and a setter; static and transient fields do not count. Values of a subclass keep their class. Fields may be
 * null where they are references.
 *
 * @param typeArguments one for each type parameter of the class
 * @param declaredFields types given for some fields, which win over what the class says
 */
public record PojoType<T>(
        Class<T> pojoClass, List<TypeInformation<?>> typeArguments, Map<String, TypeInformation<?>> declaredFields)
        implements CompositeType<T> {

    public PojoType {
        typeArguments = List.copyOf(typeArguments);
        declaredFields = Collections.unmodifiableMap(new TreeMap<>(declaredFields));
    }

    public PojoType(Class<T> pojoClass, List<TypeInformation<?>> typeArguments) {
        this(pojoClass, typeArguments, Map.of());
    }

    @Override
    public Class<T> getTypeClass() {
        return pojoClass;
    }

    @Override
    public List<FieldType> fields() {
        return FieldReading.ofPojo(this, describe());
    }

    @Override
    public String describe() {
        return TypeNames.of(pojoClass, typeArguments);
    }
}
