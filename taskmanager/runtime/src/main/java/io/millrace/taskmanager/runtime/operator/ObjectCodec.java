package io.millrace.taskmanager.runtime.operator;

import java.io.Serializable;

/** Turns objects of the user's classes into bytes and back: plans and source events. Any thread. */
public interface ObjectCodec {

    byte[] encode(Serializable value);

    /**
     * @param loader loads the user's classes
     * @throws io.millrace.common.core.error.MillraceException if the bytes are damaged or a class is missing
     */
    Object decode(byte[] bytes, ClassLoader loader);
}
