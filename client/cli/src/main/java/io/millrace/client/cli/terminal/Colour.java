package io.millrace.client.cli.terminal;

/** Colours of terminals after ECMA-48. */
public enum Colour {
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    GREY("90");

    static final String RESET = "\u001b[0m";

    private final String number;

    Colour(String number) {
        this.number = number;
    }

    String code() {
        return "\u001b[" + number + "m";
    }
}
