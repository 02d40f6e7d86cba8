package io.millrace.deploy.architecture.bad.taskmanager.runtime;

import io.millrace.deploy.architecture.bad.jobmanager.server.UserCodeLoader;
import java.io.IOException;
import java.net.Socket;

/** An operator that reads a socket and knows a JobManager class. */
public final class ReadingOperator {
    UserCodeLoader stranger = new UserCodeLoader();

    int read(Socket socket) throws IOException {
        return socket.getInputStream().read();
    }
}
