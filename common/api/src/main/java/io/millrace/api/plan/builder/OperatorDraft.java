package io.millrace.api.plan.builder;

import io.millrace.api.execution.JobTerms;
import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobVertex;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An operator of a job under construction. What the user sets is changed in place until the job graph is built; types
 * are found when they are first asked for.
 *
 * @param <T> elements it takes; of no meaning for a source
 * @param <R> elements it gives; of no meaning for a sink
 */
public final class OperatorDraft<T, R> {
    private final int id;
    private final String place;
    private final OperatorRecipe<T, R> recipe;
    private final List<Upstream<T>> inputs;

    private String name;
    private String uid = "";
    private String description = "";
    private int parallelism;
    private int maxParallelism;
    private @Nullable String slotSharingGroup;
    private Chaining chaining = Chaining.ALLOWED;
    private @Nullable StreamType<R> declaredType;
    private @Nullable StreamType<R> outputType;

    OperatorDraft(int id, String place, OperatorRecipe<T, R> recipe, List<Upstream<T>> inputs) {
        this.id = id;
        this.place = place;
        this.recipe = recipe;
        this.inputs = List.copyOf(inputs);
        this.name = recipe.kind();
    }

    public int id() {
        return id;
    }

    /** The user's line that made it, such as {@code WordCount.java:42}; empty if unknown. */
    public String place() {
        return place;
    }

    public List<Upstream<T>> inputs() {
        return inputs;
    }

    public boolean isSource() {
        return inputs.isEmpty();
    }

    boolean isSink() {
        return recipe.sink();
    }

    public String name() {
        return name;
    }

    public void setName(String newName) {
        name = newName;
    }

    public String uid() {
        return uid;
    }

    public void setUid(String newUid) {
        uid = newUid;
    }

    /** A longer text for people; empty if there is none. */
    public String description() {
        return description;
    }

    public void setDescription(String newDescription) {
        description = newDescription;
    }

    public int parallelism() {
        return parallelism;
    }

    public void setParallelism(int newParallelism) {
        parallelism = newParallelism;
    }

    public int maxParallelism() {
        return maxParallelism;
    }

    public void setMaxParallelism(int newMaxParallelism) {
        maxParallelism = newMaxParallelism;
    }

    /** The group that was set; else the one that all inputs are in; else the default one. */
    public String slotSharingGroup() {
        if (slotSharingGroup != null) {
            return slotSharingGroup;
        }
        List<String> groups = inputs.stream()
                .map(input -> input.from().slotSharingGroup())
                .distinct()
                .toList();
        return groups.size() == 1 ? groups.get(0) : JobVertex.DEFAULT_SLOT_SHARING_GROUP;
    }

    public void setSlotSharingGroup(String newGroup) {
        slotSharingGroup = newGroup;
    }

    public Chaining chaining() {
        return chaining;
    }

    public void setChaining(Chaining newChaining) {
        chaining = newChaining;
    }

    /** Sets the type of the output; it then is not looked for. */
    public void declareType(TypeInformation<R> type) {
        declaredType = StreamType.declared(type);
        outputType = null;
    }

    /**
     * The type of the main output.
     *
     * @throws MillraceException if it has no serializer, with this operator's place
     */
    public StreamType<R> outputType() {
        StreamType<R> found = outputType;
        if (found == null) {
            found = declaredType != null ? declaredType : foundType();
            outputType = found;
        }
        return found;
    }

    private StreamType<R> foundType() {
        StreamType<T> input = inputType();
        return atThisPlace(() -> recipe.typeRule().output(input));
    }

    /** What the operator does, once it has seen the terms of its job. */
    OperatorSpec checkedSpec(JobTerms terms) {
        StreamType<T> input = inputType();
        TypeInformation<R> output = outputType().information();
        return atThisPlace(() -> {
            OperatorSpec spec = recipe.specRule().spec(input, output);
            spec.validate(terms);
            return spec;
        });
    }

    /** The type that all inputs have; a type of values of any class where they differ. */
    StreamType<T> inputType() {
        if (inputs.isEmpty()) {
            return TypeAnalysis.anything();
        }
        StreamType<T> first = inputs.get(0).type();
        boolean same =
                inputs.stream().allMatch(input -> input.type().information().equals(first.information()));
        return same ? first : TypeAnalysis.anything();
    }

    /** Where the operator is, for error messages. */
    String location() {
        String operator = "operator '" + name + "'";
        return place.isEmpty() ? operator : place + ", " + operator;
    }

    /** Runs {@code action}; a problem that it meets is told with this operator's place. */
    <X> X atThisPlace(Supplier<X> action) {
        try {
            return action.get();
        } catch (MillraceException e) {
            Problem problem = e.problem();
            String where = problem.where().isEmpty() ? location() : location() + ": " + problem.where();
            throw problem.at(where).asException(e);
        }
    }
}
