package io.millrace.jobmanager.server.service;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.rpc.codec.GatewayCodec;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Session;
import io.millrace.proto.control.GatewayProto.JobManagerMessage;
import io.millrace.proto.control.GatewayProto.TaskManagerMessage;
import io.millrace.proto.control.TaskManagerGatewayGrpc;

/**
 * The streams of the TaskManagers. What comes in is decoded and posted; only the control agent's thread writes to a
 * stream.
 */
public final class GatewayService extends TaskManagerGatewayGrpc.TaskManagerGatewayImplBase {
    /** How many messages of one stream may wait for the control agent. */
    private static final int WAITING_MESSAGES = 32;

    private final Epoch epoch;
    private final Mailbox<Event> control;

    /** @param epoch of this leader; goes into every envelope */
    public GatewayService(Epoch epoch, Mailbox<Event> control) {
        this.epoch = epoch;
        this.control = control;
    }

    @Override
    public StreamObserver<TaskManagerMessage> connect(StreamObserver<JobManagerMessage> responses) {
        ServerCallStreamObserver<JobManagerMessage> call = (ServerCallStreamObserver<JobManagerMessage>) responses;
        Stream stream = new Stream(call);
        call.disableAutoRequest();
        call.setOnCancelHandler(() -> post(new Event.SessionClosed(stream, "the connection was lost")));
        call.request(WAITING_MESSAGES);
        return new Incoming(stream);
    }

    private void post(Event event) {
        if (!control.post(event)) {
            // Ends the call: the TaskManager connects again and repeats what matters.
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("The JobManager's mailbox is full")
                    .asRuntimeException();
        }
    }

    /** One stream as the control agent sees it. Its methods run on the agent's thread. */
    private final class Stream implements Session {
        private final ServerCallStreamObserver<JobManagerMessage> call;
        private boolean closed;

        Stream(ServerCallStreamObserver<JobManagerMessage> call) {
            this.call = call;
        }

        @Override
        public void send(ToTaskManager message) {
            if (!closed && !call.isCancelled()) {
                call.onNext(GatewayCodec.encode(epoch, message));
            }
        }

        @Override
        public void close() {
            if (!closed && !call.isCancelled()) {
                closed = true;
                call.onCompleted();
            }
        }

        @Override
        public void handled() {
            if (!closed) {
                call.request(1);
            }
        }
    }

    /** What a TaskManager says, on gRPC's threads. */
    private final class Incoming implements StreamObserver<TaskManagerMessage> {
        private final Stream stream;
        private boolean broken;

        Incoming(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void onNext(TaskManagerMessage message) {
            if (broken) {
                return;
            }
            try {
                Epoch seen = new Epoch(Math.max(0, message.getLeaderEpoch()));
                post(new Event.FromSession(stream, seen, GatewayCodec.decode(message)));
            } catch (MillraceException e) {
                broken = true;
                post(new Event.Malformed(stream, e.problem()));
            }
        }

        @Override
        public void onError(Throwable failure) {
            post(new Event.SessionClosed(stream, Status.fromThrowable(failure).toString()));
        }

        @Override
        public void onCompleted() {
            post(new Event.SessionClosed(stream, "the TaskManager ended the stream"));
        }
    }
}
