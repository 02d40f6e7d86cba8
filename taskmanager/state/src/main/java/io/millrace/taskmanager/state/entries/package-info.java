/**
 * What all backends have in common: how entries of states lie in the blocks of a snapshot, and how they are given back.
 * For the slot's thread.
 */
@NullMarked
package io.millrace.taskmanager.state.entries;

import org.jspecify.annotations.NullMarked;
