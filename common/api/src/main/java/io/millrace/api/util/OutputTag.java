package io.millrace.api.util;

import io.millrace.api.types.TypeInformation;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a side output. Create it as an anonymous subclass, {@code new OutputTag<String>("late") {}}, so that its type
 * is known, or hand the type in. Two tags with the same id are the same output.
 */
public class OutputTag<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final @Nullable TypeInformation<T> declaredType;

    public OutputTag(String id) {
        this(id, null);
    }

    public OutputTag(String id, @Nullable TypeInformation<T> declaredType) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("The id of a side output must not be blank");
        }
        this.id = id;
        this.declaredType = declaredType;
    }

    public String getId() {
        return id;
    }

    /** The type given to the constructor; null if it is to be read from the anonymous subclass. */
    public @Nullable TypeInformation<T> declaredType() {
        return declaredType;
    }

    /**
     * Serialized as a plain tag: an anonymous subclass would drag along the object it was written in. Readers go by the
     * id; types travel in the plan.
     */
    protected Object writeReplace() {
        return getClass() == OutputTag.class ? this : new OutputTag<>(id, declaredType);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof OutputTag<?> that && id.equals(that.id);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(id);
    }

    @Override
    public String toString() {
        return "OutputTag(" + id + ")";
    }
}
