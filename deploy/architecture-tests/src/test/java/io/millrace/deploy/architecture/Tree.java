package io.millrace.deploy.architecture;

/**
 * The packages of the product below one root. Every rule is written against a tree, so that the same rule runs over the
 * product and over the deliberately bad classes that show it can fail.
 */
record Tree(String root) {
    static final Tree PRODUCT = new Tree("io.millrace");

    /** The pattern of a package and everything below it; the API is the one artifact with a short name. */
    String below(String path) {
        return root + "." + path + "..";
    }

    String[] below(String... paths) {
        String[] patterns = new String[paths.length];
        for (int i = 0; i < paths.length; i++) {
            patterns[i] = below(paths[i]);
        }
        return patterns;
    }

    String everything() {
        return root + "..";
    }

    /** The packages whose main code runs inside agents, where nothing may be shared and time is handed in. */
    String[] agentCode() {
        return below("common", "api", "jobmanager", "taskmanager");
    }
}
