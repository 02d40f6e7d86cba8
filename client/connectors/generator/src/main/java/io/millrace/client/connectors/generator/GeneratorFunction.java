package io.millrace.client.connectors.generator;

import io.millrace.api.functions.Function;
import io.millrace.api.source.SourceReaderContext;

/** Makes the element with a given number. */
@FunctionalInterface
public interface GeneratorFunction<T, O> extends Function {

    default void open(SourceReaderContext readerContext) throws Exception {}

    O map(T value) throws Exception;

    default void close() throws Exception {}
}
