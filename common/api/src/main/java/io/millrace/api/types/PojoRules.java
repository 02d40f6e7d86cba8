package io.millrace.api.types;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which classes may be taken apart into their fields, and how their fields are reached. */
final class PojoRules {

    private PojoRules() {}

    /** Refuses a class whose fields are not the whole of it, or that cannot be created. */
    static void checkClass(Class<?> type, String path) {
        if (isPlatformClass(type)) {
            throw TypeRefusals.platformClass(type, path);
        }
        if (type.isAnonymousClass() || type.isHidden() || type.isSynthetic()) {
            throw TypeRefusals.unnamedClass(type, path);
        }
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        if (inner || type.isLocalClass()) {
            throw TypeRefusals.innerClass(type, path);
        }
        if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            throw TypeRefusals.ownCollection(type, path);
        }
        for (Class<?> parent = type.getSuperclass(); parent != Object.class; parent = parent.getSuperclass()) {
            if (isPlatformClass(parent)) {
                throw TypeRefusals.platformParent(type, parent, path);
            }
        }
        checkConstructor(type, path);
    }

    /** How generated code beside {@code owner} reaches {@code field}. */
    static FieldType access(Class<?> owner, Field field, TypeInformation<?> type, String path) {
        int modifiers = field.getModifiers();
        if (Modifier.isFinal(modifiers)) {
            throw TypeRefusals.finalField(field, path);
        }
        Class<?> declaring = field.getDeclaringClass();
        boolean samePackage = declaring.getClassLoader() == owner.getClassLoader()
                && declaring.getPackageName().equals(owner.getPackageName());
        boolean visible = samePackage
                ? !Modifier.isPrivate(modifiers)
                : Modifier.isPublic(modifiers) && Modifier.isPublic(declaring.getModifiers());
        if (visible) {
            return FieldType.direct(field, type);
        }
        Method getter = getter(field);
        Method setter = setter(field);
        if (getter == null || setter == null) {
            throw TypeRefusals.hiddenState(field, getter == null, setter == null, path);
        }
        return declaring.isNestmateOf(owner)
                ? FieldType.direct(field, type)
                : new FieldType(type, field, getter, setter);
    }

    private static void checkConstructor(Class<?> type, String path) {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        for (Constructor<?> constructor : constructors) {
            if (constructor.getParameterCount() == 0) {
                return;
            }
        }
        throw TypeRefusals.noConstructor(type, constructors, path);
    }

    private static boolean isPlatformClass(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static @Nullable Method getter(Field field) {
        boolean flag = field.getType() == boolean.class || field.getType() == Boolean.class;
        for (String name : accessorNames(flag ? List.of("get", "is") : List.of("get"), field)) {
            Method method = publicMethod(field.getDeclaringClass(), name);
            if (method != null && method.getReturnType() == field.getType()) {
                return method;
            }
        }
        return null;
    }

    private static @Nullable Method setter(Field field) {
        for (String name : accessorNames(List.of("set"), field)) {
            Method method = publicMethod(field.getDeclaringClass(), name, field.getType());
            if (method != null) {
                return method;
            }
        }
        return null;
    }

    /**
     * The usual names: {@code getName}, {@code getaField}, {@code name}; {@code isReady} also for a field
     * {@code isReady}.
     */
    private static List<String> accessorNames(List<String> prefixes, Field field) {
        String name = field.getName();
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        List<String> names = new ArrayList<>();
        for (String prefix : prefixes) {
            names.add(prefix + capital);
            names.add(prefix + name);
        }
        if (name.startsWith("is") && name.length() > 2) {
            names.add("set" + name.substring(2));
        }
        names.add(name);
        return names;
    }

    private static @Nullable Method publicMethod(Class<?> owner, String name, Class<?>... parameters) {
        try {
            Method method = owner.getDeclaredMethod(name, parameters);
            int modifiers = method.getModifiers();
            return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
