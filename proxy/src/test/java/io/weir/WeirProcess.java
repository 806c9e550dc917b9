package io.weir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of Weir as a process of its own, on the class path of the tests. */
final class WeirProcess {
    private WeirProcess() {}

    static ProcessBuilder of(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("io.weir.Main");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
