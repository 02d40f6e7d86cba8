package io.millrace.api.types;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members of sealed types. */
final class SealedMembers {

    private SealedMembers() {}

    /** Whether every value of a sealed type belongs to a final class below it, so that its members can be listed. */
    static boolean isClosed(Class<?> type) {
        if (!type.isSealed() || !Modifier.isAbstract(type.getModifiers())) {
            return false;
        }
        for (Class<?> member : type.getPermittedSubclasses()) {
            boolean last = member.isEnum() || Modifier.isFinal(member.getModifiers());
            if (!last && !isClosed(member)) {
                return false;
            }
        }
        return true;
    }

    static List<TypeInformation<?>> of(SealedType<?> type) {
        List<TypeInformation<?>> members = new ArrayList<>();
        collect(type.sealedClass(), type.typeArguments(), members);
        members.sort(Comparator.comparing(member -> member.getTypeClass().getName()));
        return members.stream().distinct().toList();
    }

    private static void collect(Class<?> parent, List<TypeInformation<?>> arguments, List<TypeInformation<?>> members) {
        for (Class<?> member : parent.getPermittedSubclasses()) {
            List<TypeInformation<?>> own = memberArguments(member, parent, arguments);
            if (isClosed(member) && !member.isEnum()) {
                collect(member, own, members);
            } else {
                members.add(TypeReading.ofClass(member, own));
            }
        }
    }

    /** The type arguments of {@code member} as far as those of its parent fix them; the rest is dynamic. */
    private static List<TypeInformation<?>> memberArguments(
            Class<?> member, Class<?> parent, List<TypeInformation<?>> parentArguments) {
        Map<Type, TypeInformation<?>> known = new HashMap<>();
        List<Type> above = new ArrayList<>(List.of(member.getGenericInterfaces()));
        if (member.getGenericSuperclass() != null) {
            above.add(member.getGenericSuperclass());
        }
        for (Type candidate : above) {
            if (candidate instanceof ParameterizedType parameterized && parameterized.getRawType() == parent) {
                Type[] actual = parameterized.getActualTypeArguments();
                for (int i = 0; i < actual.length; i++) {
                    known.put(actual[i], parentArguments.get(i));
                }
            }
        }
        List<TypeInformation<?>> own = new ArrayList<>();
        for (TypeVariable<?> variable : member.getTypeParameters()) {
            TypeInformation<?> argument = known.get(variable);
            own.add(argument != null ? argument : TypeReading.ofBound(variable.getBounds()[0]));
        }
        return own;
    }
}
