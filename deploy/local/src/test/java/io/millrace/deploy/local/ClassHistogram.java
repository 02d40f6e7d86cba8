package io.millrace.deploy.local;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How many objects of each class the heap holds, counted by the JVM after a full garbage collection. */
final class ClassHistogram {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    private ClassHistogram() {}

    /** Reachable objects by class, of the classes whose name begins with {@code prefix}. */
    static Map<String, Integer> of(String prefix) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String text = (String) server.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        Map<String, Integer> counts = new TreeMap<>();
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            if (line.group(2).startsWith(prefix)) {
                counts.merge(line.group(2), Integer.parseInt(line.group(1)), Integer::sum);
            }
        });
        return counts;
    }
}
