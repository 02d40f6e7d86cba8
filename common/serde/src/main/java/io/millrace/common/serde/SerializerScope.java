package io.millrace.common.serde;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;

/**
 * What all parts of a serializer share.
 *
 * @param userLoader finds the classes of dynamic values, never any other loader
 * @param isSelfContained whether each value can be read on its own, without a dictionary
 */
record SerializerScope(GeneratedClasses classes, ClassLoader userLoader, boolean isSelfContained) {

    TypeSerializer<?> whole(TypeInformation<?> type) {
        return new SerializerBuilder(this, null).build(type, type.describe());
    }

    /** A serializer for values inside {@code root}, whose own dynamic parts are {@code root} again. */
    @SuppressWarnings("unchecked") // the class of each value is looked up before it is handed in
    TypeSerializer<Object> dynamicPart(TypeInformation<?> type, DynamicSerializer root, String path) {
        String inner = path + " holding " + type.describe();
        return (TypeSerializer<Object>) new SerializerBuilder(this, root).build(type, inner);
    }

    Class<?> resolve(String className, String path) {
        try {
            return Class.forName(className, false, userLoader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw ValueRefusals.unknownClass(className, path, e);
        }
    }
}
