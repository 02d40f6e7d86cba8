package io.millrace.api.plan;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.types.TypeInformation;

/** Assigns timestamps and makes watermarks in mid-stream; watermarks from upstream are dropped but for the last one. */
public record TimestampsSpec<T>(WatermarkStrategy<T> watermarks, TypeInformation<T> outputType)
        implements OperatorSpec {}
