package io.millrace.common.core.loading;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads one job's classes: its own jars first, so that a job may bring another version of any library; the JDK, the API
 * and the logging facade from the engine always. The engine's other classes and libraries are not visible at all, so a
 * job never depends on them by accident.
 */
public final class JobClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** Classes that cross between engine and job must be the same class on both sides. */
    private static final List<String> ENGINE_FIRST =
            List.of("java.", "io.millrace.api.", "io.millrace.common.", "org.slf4j.", "org.jspecify.");

    private final ClassLoader engine;

    /**
     * @param jobName for heap dumps and thread dumps
     * @param engine where API classes come from
     */
    public JobClassLoader(String jobName, List<URL> jars, ClassLoader engine) {
        super("job " + jobName, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.engine = engine;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = comesFromEngine(name) ? engine.loadClass(name) : loadOwnFirst(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private static boolean comesFromEngine(String name) {
        for (String prefix : ENGINE_FIRST) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private Class<?> loadOwnFirst(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notInJars) {
            return getParent().loadClass(name);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
