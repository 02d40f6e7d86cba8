package io.millrace.deploy.architecture.bad.client;

import io.millrace.deploy.architecture.bad.deploy.Tool;
import io.millrace.deploy.architecture.bad.jobmanager.server.UserCodeLoader;

/** A client that links a server and a tool of deploy. */
final class StrangeClient {
    Tool tool = new Tool();
    UserCodeLoader server = new UserCodeLoader();
}
