package io.millrace.api.types;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the fields of records, classes and tuples. {@code path} is how a refusal names the place. */
final class FieldReading {

    private FieldReading() {}

    static List<FieldType> ofRecord(RecordType<?> type) {
        Class<?> recordClass = type.recordClass();
        Map<TypeVariable<?>, TypeInformation<?>> arguments = TypeReading.bind(recordClass, type.typeArguments());
        List<FieldType> fields = new ArrayList<>();
        for (RecordComponent component : recordClass.getRecordComponents()) {
            TypeInformation<?> fieldType = TypeReading.read(component.getGenericType(), arguments);
            fields.add(FieldType.direct(declaredField(recordClass, component.getName()), fieldType));
        }
        return fields;
    }

    static List<FieldType> ofTuple(TupleType<?> type) {
        List<FieldType> fields = new ArrayList<>();
        for (int i = 0; i < type.elements().size(); i++) {
            Field field = declaredField(type.tupleClass(), "f" + i);
            fields.add(FieldType.direct(field, type.elements().get(i)));
        }
        return fields;
    }

    static List<FieldType> ofPojo(PojoType<?> type, String path) {
        Class<?> pojoClass = type.pojoClass();
        PojoRules.checkClass(pojoClass, path);
        Map<String, FieldType> byName = new TreeMap<>();
        Map<TypeVariable<?>, TypeInformation<?>> arguments = TypeReading.bind(pojoClass, type.typeArguments());
        for (Class<?> at = pojoClass; at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (isState(field)) {
                    String fieldPath = path + "." + field.getName();
                    TypeInformation<?> declared = type.declaredFields().get(field.getName());
                    TypeInformation<?> fieldType =
                            declared != null ? declared : TypeReading.read(field.getGenericType(), arguments);
                    FieldType read = PojoRules.access(pojoClass, field, fieldType, fieldPath);
                    if (byName.put(field.getName(), read) != null) {
                        throw TypeRefusals.hiddenField(field, fieldPath);
                    }
                }
            }
            arguments = parentArguments(at, arguments);
        }
        for (String name : type.declaredFields().keySet()) {
            if (!byName.containsKey(name)) {
                throw TypeRefusals.noSuchField(pojoClass, name, byName.keySet());
            }
        }
        return List.copyOf(byName.values());
    }

    private static boolean isState(Field field) {
        return (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0 && !field.isSynthetic();
    }

    private static Map<TypeVariable<?>, TypeInformation<?>> parentArguments(
            Class<?> child, Map<TypeVariable<?>, TypeInformation<?>> childArguments) {
        Type parent = child.getGenericSuperclass();
        Map<TypeVariable<?>, TypeInformation<?>> arguments = new HashMap<>();
        if (parent instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] variables = child.getSuperclass().getTypeParameters();
            Type[] actual = parameterized.getActualTypeArguments();
            for (int i = 0; i < variables.length; i++) {
                arguments.put(variables[i], TypeReading.read(actual[i], childArguments));
            }
        }
        return arguments;
    }

    private static Field declaredField(Class<?> owner, String name) {
        try {
            return owner.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(owner.getName() + " has lost its field " + name, e);
        }
    }
}
