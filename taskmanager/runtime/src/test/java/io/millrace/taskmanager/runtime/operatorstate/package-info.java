@org.jspecify.annotations.NullMarked
package io.millrace.taskmanager.runtime.operatorstate;
