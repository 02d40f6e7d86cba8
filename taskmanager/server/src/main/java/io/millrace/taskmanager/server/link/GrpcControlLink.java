package io.millrace.taskmanager.server.link;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.codec.GatewayCodec;
import io.millrace.proto.control.GatewayProto.JobManagerMessage;
import io.millrace.proto.control.GatewayProto.TaskManagerMessage;
import io.millrace.proto.control.TaskManagerGatewayGrpc;
import io.millrace.taskmanager.server.supervisor.ControlLink;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import org.jspecify.annotations.Nullable;

/**
 * The ordered stream to the JobManager as one gRPC call. Its methods belong to the supervisor's thread; gRPC's
 * callbacks are guests that decode a message, post it, and leave.
 */
public final class GrpcControlLink implements ControlLink {
    private final RpcClient client;
    private final Mailbox<SupervisorEvent> supervisor;
    private @Nullable ClientCallStreamObserver<TaskManagerMessage> stream;

    public GrpcControlLink(RpcClient client, Mailbox<SupervisorEvent> supervisor) {
        this.client = client;
        this.supervisor = supervisor;
    }

    @Override
    public void open(long attempt) {
        close();
        client.retryNow();
        Incoming incoming = new Incoming(attempt);
        stream = (ClientCallStreamObserver<TaskManagerMessage>)
                TaskManagerGatewayGrpc.newStub(client.channel()).connect(incoming);
        // gRPC queues what is sent before the connection stands; a refused connection ends the call.
        post(new SupervisorEvent.LinkOpened(attempt));
    }

    @Override
    public void send(Epoch epoch, FromTaskManager message) {
        ClientCallStreamObserver<TaskManagerMessage> open = stream;
        if (open != null) {
            open.onNext(GatewayCodec.encode(epoch, message));
        }
    }

    @Override
    public void close() {
        ClientCallStreamObserver<TaskManagerMessage> open = stream;
        stream = null;
        if (open != null) {
            open.cancel("closed by the TaskManager", null);
        }
    }

    @Override
    public void finish() {
        ClientCallStreamObserver<TaskManagerMessage> open = stream;
        stream = null;
        if (open != null) {
            open.onCompleted();
        }
    }

    private void post(SupervisorEvent event) {
        Check.invariant(supervisor.post(event), "the supervisor's mailbox holds what a stream may send");
    }

    /** What comes from the JobManager, on gRPC's threads. */
    private final class Incoming implements ClientResponseObserver<TaskManagerMessage, JobManagerMessage> {
        private final long attempt;

        Incoming(long attempt) {
            this.attempt = attempt;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<TaskManagerMessage> requestStream) {}

        @Override
        public void onNext(JobManagerMessage message) {
            post(new SupervisorEvent.Received(
                    attempt, new Epoch(message.getLeaderEpoch()), GatewayCodec.decode(message)));
        }

        @Override
        public void onError(Throwable failure) {
            Status status = Status.fromThrowable(failure);
            post(new SupervisorEvent.LinkClosed(
                    attempt, client.problemOf(status).render()));
        }

        @Override
        public void onCompleted() {
            post(new SupervisorEvent.LinkClosed(attempt, "the JobManager ended the stream"));
        }
    }
}
