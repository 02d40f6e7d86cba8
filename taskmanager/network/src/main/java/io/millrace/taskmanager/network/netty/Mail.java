package io.millrace.taskmanager.network.netty;

/** Something that a slot or an opening thread posts to a reactor. */
@FunctionalInterface
interface Mail {
    /** Runs on the reactor's event loop, in order of posting. */
    void deliver();
}
