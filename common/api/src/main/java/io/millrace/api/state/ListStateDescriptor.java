package io.millrace.api.state;

import io.millrace.api.types.TypeInformation;

/** Describes a {@link ListState}. */
public final class ListStateDescriptor<T> extends StateDescriptor {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> elementType;

    public ListStateDescriptor(String name, TypeInformation<T> elementType) {
        super(name);
        this.elementType = elementType;
    }

    public ListStateDescriptor(String name, Class<T> elementType) {
        this(name, TypeInformation.of(elementType));
    }

    public TypeInformation<T> elementType() {
        return elementType;
    }
}
