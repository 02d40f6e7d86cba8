package io.millrace.api.source.lib;

import io.millrace.api.ApiErrors;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.Problem;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements that travel with the job, serialized. One reader gives them in their order; several give a contiguous part
 * each.
 */
public final class CollectionSource<T> implements Source<T, RangeSplit, List<RangeSplit>> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;
    private final int size;
    /** Each element after its length. */
    private final byte[] bytes;

    private CollectionSource(TypeInformation<T> type, int size, byte[] bytes) {
        this.type = type;
        this.size = size;
        this.bytes = bytes;
    }

    /**
     * @param elements none of them null
     * @throws io.millrace.common.core.error.MillraceException {@code BAD_ARGUMENT} for a null,
     *     {@code TYPE_NOT_SERIALIZABLE} for an element without a serializer
     */
    public static <T> CollectionSource<T> of(Collection<T> elements, TypeInformation<T> type) {
        TypeSerializer<T> serializer = SerializerFactory.create().stateSerializer(type, contextLoader());
        BinaryWriter all = new BinaryWriter(1024);
        BinaryWriter one = new BinaryWriter(128);
        int index = 0;
        for (T element : elements) {
            checkNotNull(element, index);
            one.setPosition(0);
            serializer.serialize(element, one);
            all.writeVarInt(one.position());
            all.write(one.bytes(), 0, one.position());
            index++;
        }
        return new CollectionSource<>(type, index, java.util.Arrays.copyOf(all.bytes(), all.position()));
    }

    private static void checkNotNull(@Nullable Object element, int index) {
        if (element == null) {
            throw Problem.of(ApiErrors.BAD_ARGUMENT, "Element " + index + " (from 0) of a collection is null")
                    .because("streams carry no nulls")
                    .fix("Leave it out, or use an Optional")
                    .asException();
        }
    }

    private static ClassLoader contextLoader() {
        return Thread.currentThread().getContextClassLoader();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, RangeSplit> createReader(SourceReaderContext readerContext) {
        TypeSerializer<T> serializer =
                SerializerFactory.create().stateSerializer(type, readerContext.getUserCodeClassLoader());
        return new Reader<>(readerContext, serializer, bytes);
    }

    @Override
    public SplitEnumerator<RangeSplit, List<RangeSplit>> createEnumerator(
            SplitEnumeratorContext<RangeSplit> enumContext) {
        return new RangeEnumerator(enumContext, RangeSplit.divide(size, enumContext.currentParallelism()));
    }

    @Override
    public SplitEnumerator<RangeSplit, List<RangeSplit>> restoreEnumerator(
            SplitEnumeratorContext<RangeSplit> enumContext, List<RangeSplit> checkpoint) {
        return new RangeEnumerator(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<RangeSplit> getSplitSerializer() {
        return new RangeSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<List<RangeSplit>> getEnumeratorCheckpointSerializer() {
        return new RangeSplit.ListSerializer();
    }

    private static final class Reader<T> extends RangeReader<T> {
        private final TypeSerializer<T> serializer;
        private final byte[] bytes;
        private final BinaryReader in = new BinaryReader();

        Reader(SourceReaderContext context, TypeSerializer<T> serializer, byte[] bytes) {
            super(context);
            this.serializer = serializer;
            this.bytes = bytes;
        }

        @Override
        void seek(long index) {
            in.reset(bytes, 0, bytes.length);
            for (long i = 0; i < index; i++) {
                int length = in.readVarInt();
                in.setPosition(in.position() + length);
            }
        }

        @Override
        T read(long index) {
            int length = in.readVarInt();
            int end = in.position() + length;
            T element = serializer.deserialize(in);
            in.setPosition(end);
            return element;
        }
    }
}
