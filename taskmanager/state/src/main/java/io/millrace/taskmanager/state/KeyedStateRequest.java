package io.millrace.taskmanager.state;

import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeInformation;

/**
 * What the keyed state of one operator in one subtask is made with.
 *
 * @param owner whose it is
 * @param keyType the keys' type
 * @param hasher their hash and equality
 * @param groups those of the subtask
 * @param restored what it takes up
 */
public record KeyedStateRequest<K>(
        StateOwner owner,
        TypeInformation<K> keyType,
        KeyHasher<K> hasher,
        StateSerializers serializers,
        KeyGroups groups,
        RestoredState restored) {}
