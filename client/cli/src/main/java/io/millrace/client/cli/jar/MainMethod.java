package io.millrace.client.cli.jar;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code main} of a job's main class, loaded and not yet run. */
public final class MainMethod {
    private static final Pattern CLASS_FILE_VERSIONS = Pattern.compile("\\(class file version (\\d+)\\.\\d+\\)");
    private static final int FIRST_MAJOR = 44;

    private final Method method;

    private MainMethod(Method method) {
        this.method = method;
    }

    /**
     * Loads the class without initializing it.
     *
     * @throws MillraceException if it cannot be loaded or has no {@code public static void main(String[])}
     */
    public static MainMethod find(ClassLoader loader, String className) {
        try {
            Class<?> type = Class.forName(className, false, loader);
            Method method = Arrays.stream(type.getMethods())
                    .filter(MainMethod::looksLikeMain)
                    .filter(candidate -> Modifier.isStatic(candidate.getModifiers()))
                    .filter(candidate -> candidate.getReturnType() == void.class)
                    .findFirst()
                    .orElseThrow(() -> noMain(type));
            // The class itself need not be public, as with the java command.
            method.setAccessible(true);
            return new MainMethod(method);
        } catch (ClassNotFoundException | LinkageError e) {
            throw unusable(className, e);
        }
    }

    /** Runs it on the calling thread. Throws whatever it throws. */
    @SuppressWarnings("AvoidObjectArrays") // a main takes an array
    public void run(String[] args) throws Throwable {
        try {
            method.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What to say of a class that the JVM refuses to load. */
    public static MillraceException unusable(String className, Throwable e) {
        if (e instanceof UnsupportedClassVersionError) {
            Matcher versions = CLASS_FILE_VERSIONS.matcher(String.valueOf(e.getMessage()));
            if (versions.find()) {
                String[] words = String.valueOf(e.getMessage()).split(" ", 2);
                int needed = Integer.parseInt(versions.group(1)) - FIRST_MAJOR;
                int running = Runtime.version().feature();
                return MainClassFile.tooNew(words[0].replace('/', '.'), needed, running)
                        .asException(e);
            }
        }
        return Problem.of(CliError.MAIN_CLASS_UNUSABLE, "Class " + className + " cannot be loaded")
                .because(e.toString())
                .fix("Put the classes it needs into the jar: only millrace-api and slf4j are provided")
                .asException(e);
    }

    private static boolean looksLikeMain(Method candidate) {
        return candidate.getName().equals("main")
                && Arrays.equals(candidate.getParameterTypes(), new Class<?>[] {String[].class});
    }

    private static MillraceException noMain(Class<?> type) {
        List<Method> found = Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals("main"))
                .toList();
        boolean almost = found.stream().anyMatch(MainMethod::looksLikeMain);
        CliError code = almost ? CliError.MAIN_METHOD_NOT_PUBLIC_STATIC : CliError.MAIN_METHOD_MISSING;
        String why = found.isEmpty()
                ? "it has no method main"
                : "found "
                        + String.join(", ", found.stream().map(Method::toString).toList());
        return Problem.of(code, "Class " + type.getName() + " cannot be started")
                .because(why)
                .fix("Give it a 'public static void main(String[] args)', or name another class with -c")
                .asException();
    }
}
