package io.millrace.client.examples.loganalysis.options;

/** Which rules are applied. */
public enum RuleSet {
    /** In event time, so that the result depends on the input alone. */
    PRECISE,
    /** The tutorial's code to the letter: in order of arrival. */
    TUTORIAL
}
