package io.millrace.common.graph.schema;

import io.millrace.common.graph.schema.Definition.Composite;
import io.millrace.common.graph.schema.Definition.Enumeration;
import io.millrace.common.graph.schema.Definition.Field;
import io.millrace.common.graph.schema.Definition.Union;
import io.millrace.common.graph.schema.Migration.Refusal;
import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Maybe;
import io.millrace.common.graph.schema.TypeSchema.Named;
import io.millrace.common.graph.schema.TypeSchema.Sequence;
import io.millrace.common.graph.schema.TypeSchema.Table;
import io.millrace.common.graph.snapshot.StateSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the schema that a state was written with to the one it has now. Fields may be added, removed, reordered and
 * widened without loss, constants of enums and members of sealed types added, removed and reordered; keys may not
 * change at all. Needs no class of the job.
 */
public final class SchemaChange {
    private static final String KEEP_KEYS = "Keep the type of the keys, or give the operator another uid";
    private static final String RENAME = "Keep the old type, or give the state another name, so that it starts empty";

    /** Two named types that are being compared, or were. */
    private record Pair(int was, int is, boolean distinct) {}

    private final StateDescription was;
    private final StateDescription is;
    private final Set<Pair> compared = new HashSet<>();
    private final List<String> changes = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private String path = "";

    /** Whether equal values would become one, so that different ones have to stay different. */
    private boolean distinct;

    private SchemaChange(StateDescription was, StateDescription is) {
        this.was = was;
        this.is = is;
    }

    /** As {@link #between(StateDescription, StateDescription)}, of what is stored; unknown forms have to be equal. */
    public static Migration between(StateSchema was, StateSchema is) {
        if (was.description().equals(is.description())) {
            return Migration.SAME;
        }
        Optional<StateDescription> before = StateDescription.of(was);
        Optional<StateDescription> now = StateDescription.of(is);
        if (before.isPresent() && now.isPresent()) {
            return between(before.get(), now.get());
        }
        return new Migration(
                List.of("written in another form"),
                List.of(new Refusal("it", StateDescription.textOf(was), StateDescription.textOf(is), RENAME)));
    }

    /**
     * How a state is to be read that a job goes on with: as a snapshot says it was written, or as it is now.
     *
     * @param written all schemas of the operator
     * @param state its name for people; empty for the keys
     * @throws io.millrace.common.core.error.MillraceException {@code STATE_INCOMPATIBLE} if it cannot be read
     */
    public static StateDescription bridge(
            List<StateSchema> written, String schemaName, String state, StateDescription is) {
        for (StateSchema was : written) {
            if (was.state().equals(schemaName)) {
                Migration migration = between(was, is.named(schemaName));
                return switch (migration.verdict()) {
                    case SAME -> is;
                    case MIGRATES -> StateDescription.of(was).orElseThrow();
                    case REFUSED -> throw migration.problem(state).asException();
                };
            }
        }
        return is;
    }

    /** @param was how the state was written */
    public static Migration between(StateDescription was, StateDescription is) {
        if (was.kind().equals(is.kind())
                && was.types().equals(is.types())
                && was.definitions().equals(is.definitions())) {
            return Migration.SAME;
        }
        if (was.isOfKeys() || is.isOfKeys()) {
            return keys(was, is);
        }
        if (!was.kind().equals(is.kind()) || was.types().size() != is.types().size()) {
            String what = "is " + is.text() + " and was " + was.text();
            return new Migration(List.of(what), List.of(new Refusal("it", was.text(), is.text(), RENAME)));
        }
        SchemaChange change = new SchemaChange(was, is);
        for (int i = 0; i < was.types().size(); i++) {
            // Of a map state the first type is that of its keys.
            change.distinct = was.types().size() > 1 && i == 0;
            change.compare(was.types().get(i), is.types().get(i));
        }
        return new Migration(change.changes, change.refusals);
    }

    /** The hash of a key decides where it lives, and what is equal must stay so: nothing may change. */
    private static Migration keys(StateDescription was, StateDescription is) {
        SchemaChange change = new SchemaChange(was, is);
        change.compare(was.types().get(0), is.types().get(0));
        List<String> changes = change.changes.isEmpty() ? List.of("the key changed") : change.changes;
        Refusal refusal = change.refusals.isEmpty()
                ? new Refusal("it", was.text() + " (" + changes.get(0) + ")", is.text(), KEEP_KEYS)
                : new Refusal(
                        change.refusals.get(0).path(),
                        change.refusals.get(0).was(),
                        change.refusals.get(0).is(),
                        KEEP_KEYS);
        return new Migration(changes, List.of(refusal));
    }

    private void compare(TypeSchema before, TypeSchema now) {
        if (before instanceof Named old && now instanceof Named current) {
            compareNamed(old, current);
        } else if (before instanceof Sequence old
                && now instanceof Sequence current
                && old.container().equals(current.container())) {
            within("[]", old.isSet(), () -> compare(old.element(), current.element()));
        } else if (before instanceof Table old
                && now instanceof Table current
                && old.container().equals(current.container())) {
            within("{key}", true, () -> compare(old.key(), current.key()));
            within("{value}", false, () -> compare(old.value(), current.value()));
        } else if (before instanceof Maybe old && now instanceof Maybe current) {
            within("?", false, () -> compare(old.element(), current.element()));
        } else if (before instanceof Basic old && now instanceof Basic current) {
            compareBasic(old, current);
        } else if (!before.equals(now)) {
            refuse(before, now);
        }
    }

    private void within(String step, boolean makesDistinct, Runnable comparison) {
        String pathBefore = path;
        boolean distinctBefore = distinct;
        path = path + step;
        distinct |= makesDistinct;
        comparison.run();
        path = pathBefore;
        distinct = distinctBefore;
    }

    private void compareBasic(Basic before, Basic now) {
        if (Widening.isExact(before.name(), now.name())) {
            changes.add(place() + " widens from " + before.name() + " to " + now.name());
        } else if (!before.equals(now)) {
            refuse(before, now);
        }
    }

    private void compareNamed(Named before, Named now) {
        Definition old = was.definition(before);
        Definition current = is.definition(now);
        if (!compared.add(new Pair(before.definition(), now.definition(), distinct))) {
            return;
        }
        if (!old.className().equals(current.className())) {
            refuse(before, now);
        } else if (old instanceof Composite oldFields && current instanceof Composite currentFields) {
            String top = path.isEmpty() ? TypeText.forPeople(now, is.definitions()) : "";
            within(top, false, () -> compareFields(oldFields, currentFields));
        } else if (old instanceof Enumeration oldConstants && current instanceof Enumeration currentConstants) {
            compareConstants(oldConstants, currentConstants);
        } else if (old instanceof Union oldMembers && current instanceof Union currentMembers) {
            compareMembers(oldMembers, currentMembers);
        } else {
            refuse(before, now);
        }
    }

    private void compareFields(Composite before, Composite now) {
        if (before.isOpen() != now.isOpen()) {
            changes.add(place() + (now.isOpen() ? " may have subclasses" : " has no subclasses any more"));
        }
        for (Field old : before.fields()) {
            Optional<Field> current = now.field(old.name());
            if (current.isPresent()) {
                within("." + old.name(), false, () -> compareField(old, current.get()));
            } else if (distinct) {
                refusals.add(new Refusal(
                        path + "." + old.name(),
                        TypeText.forPeople(old, was.definitions()),
                        "gone",
                        "Keep the field: without it different elements of the set or keys of the map could be equal"));
            } else {
                changes.add(path + "." + old.name() + " is dropped");
            }
        }
        for (Field current : now.fields()) {
            if (before.field(current.name()).isEmpty()) {
                changes.add(path + "." + current.name() + " is new: " + (current.isPrimitive() ? "0" : "null")
                        + " in values written before");
            }
        }
        if (!namesOfBoth(before, now).equals(namesOfBoth(now, before))) {
            changes.add(place() + " has its fields in another order");
        }
    }

    private static List<String> namesOfBoth(Composite one, Composite other) {
        return one.fields().stream()
                .map(Field::name)
                .filter(name -> other.field(name).isPresent())
                .toList();
    }

    private void compareField(Field before, Field now) {
        if (now.isPrimitive() && !before.isPrimitive()) {
            refuse(before, now, "Keep the class: the field may be null in values written before");
            return;
        }
        if (before.isPrimitive() && now.type() instanceof Basic type && !isReadable((Basic) before.type(), type)) {
            refuse(before, now, RENAME);
            return;
        }
        if (before.isPrimitive() != now.isPrimitive()) {
            changes.add(path + " may be null now");
        }
        compare(before.type(), now.type());
    }

    private static boolean isReadable(Basic before, Basic now) {
        return before.equals(now) || Widening.isExact(before.name(), now.name());
    }

    private void refuse(Field before, Field now, String remedy) {
        refusals.add(new Refusal(
                path,
                TypeText.forPeople(before, was.definitions()),
                TypeText.forPeople(now, is.definitions()),
                remedy));
    }

    private void compareConstants(Enumeration before, Enumeration now) {
        if (!before.equals(now)) {
            List<String> gone = new ArrayList<>(before.constants());
            gone.removeAll(now.constants());
            changes.add(place() + " has other constants"
                    + (gone.isEmpty() ? "" : "; a value " + String.join(" or ", gone) + " is refused when it is met"));
        }
    }

    private void compareMembers(Union before, Union now) {
        boolean sameOrder = before.members().size() == now.members().size();
        for (int i = 0; i < before.members().size(); i++) {
            Named old = (Named) before.members().get(i);
            String name = was.definition(old).className();
            int index = indexOf(now, name);
            sameOrder &= index == i;
            if (index < 0) {
                changes.add(place() + " has no member " + name + " any more; such a value is refused when it is met");
            } else {
                Named current = (Named) now.members().get(index);
                within("|" + TypeText.forPeople(current, is.definitions()), false, () -> compareNamed(old, current));
            }
        }
        if (!sameOrder) {
            changes.add(place() + " has other members");
        }
    }

    private int indexOf(Union union, String className) {
        for (int i = 0; i < union.members().size(); i++) {
            if (is.definition((Named) union.members().get(i)).className().equals(className)) {
                return i;
            }
        }
        return -1;
    }

    private void refuse(TypeSchema before, TypeSchema now) {
        refusals.add(new Refusal(place(), was.show(before), is.show(now), RENAME));
    }

    private String place() {
        return path.isEmpty() ? "it" : path;
    }
}
