package io.millrace.deploy.architecture.bad.jobmanager.server;

import java.io.IOException;
import java.io.ObjectInputStream;

/** A JobManager that decodes user code. */
public final class UserCodeLoader {
    Object load(ObjectInputStream stream) throws IOException, ClassNotFoundException {
        return stream.readObject();
    }
}
