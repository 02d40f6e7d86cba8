package io.millrace.api.state;

import io.millrace.api.types.TypeInformation;

/** Describes a {@link MapState}. */
public final class MapStateDescriptor<K, V> extends StateDescriptor {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<K> keyType;
    private final TypeInformation<V> valueType;

    public MapStateDescriptor(String name, TypeInformation<K> keyType, TypeInformation<V> valueType) {
        super(name);
        this.keyType = keyType;
        this.valueType = valueType;
    }

    public MapStateDescriptor(String name, Class<K> keyType, Class<V> valueType) {
        this(name, TypeInformation.of(keyType), TypeInformation.of(valueType));
    }

    public TypeInformation<K> keyType() {
        return keyType;
    }

    public TypeInformation<V> valueType() {
        return valueType;
    }
}
