package io.millrace.jobmanager.server;

import io.grpc.stub.StreamObserver;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.codec.GatewayCodec;
import io.millrace.proto.control.GatewayProto.JobManagerMessage;
import io.millrace.proto.control.GatewayProto.TaskManagerMessage;
import io.millrace.proto.control.TaskManagerGatewayGrpc;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A TaskManager that does what a test tells it to, over a real connection. */
final class FakeTaskManager implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> epochs = new LinkedBlockingQueue<>();

    private final BlockingQueue<ToTaskManager> received = new LinkedBlockingQueue<>();
    private final RpcClient client;
    private final StreamObserver<TaskManagerMessage> stream;
    final PeerAddress address;
    private Epoch epoch = new Epoch(0);

    FakeTaskManager(RpcAddress jobManager, String id, long incarnation) {
        address = new PeerAddress(new TaskManagerId(id), new Incarnation(incarnation), "127.0.0.1", 6_000);
        client = new RpcClient(jobManager);
        stream = TaskManagerGatewayGrpc.newStub(client.channel()).connect(new StreamObserver<>() {
            @Override
            public void onNext(JobManagerMessage message) {
                epochs.add(message.getLeaderEpoch());
                received.add(GatewayCodec.decode(message));
            }

            @Override
            public void onError(Throwable failure) {
                ends.add(failure.toString());
            }

            @Override
            public void onCompleted() {
                ends.add("completed");
            }
        });
    }

    /** Registers and takes over the leader's epoch from the answer. */
    FakeTaskManager register(int slots, TaskReport... tasks) throws InterruptedException {
        send(new FromTaskManager.Register(
                FromTaskManager.PROTOCOL_VERSION, "test", address, slots, "0.1.0", List.of(tasks)));
        await(ToTaskManager.Registered.class);
        epoch = new Epoch(epochs.take());
        return this;
    }

    void send(FromTaskManager message) {
        stream.onNext(GatewayCodec.encode(epoch, message));
    }

    void sendRaw(TaskManagerMessage message) {
        stream.onNext(message);
    }

    void state(SubtaskId subtask, ExecutionState state) {
        send(new FromTaskManager.SubtaskStateChanged(subtask, state, null));
    }

    /** The next message of a kind; those before it are passed over. */
    <T extends ToTaskManager> T await(Class<T> kind) throws InterruptedException {
        while (true) {
            ToTaskManager message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no " + kind.getSimpleName() + "; stream ended: " + ends);
            }
            if (kind.isInstance(message)) {
                return kind.cast(message);
            }
        }
    }

    /** Takes a deployed subtask to RUNNING. */
    SubtaskId runNext() throws InterruptedException {
        SubtaskId subtask = await(ToTaskManager.Deploy.class).deployment().id();
        state(subtask, ExecutionState.INITIALIZING);
        await(ToTaskManager.Start.class);
        state(subtask, ExecutionState.RUNNING);
        return subtask;
    }

    String awaitEnd() throws InterruptedException {
        String end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("the stream did not end");
        }
        return end;
    }

    /** Drops the connection as the death of the process would. */
    @Override
    public void close() {
        client.close();
    }
}
