package io.weir.cli;

import io.weir.disclosure.preset.Preset;
import io.weir.disclosure.preset.Presets;
import io.weir.sdc.show.PresetText;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir sdc presets}. */
@Command(
        name = "presets",
        description = "List the presets: source, date, rules, and what each does not protect.",
        mixinStandardHelpOptions = true)
final class SdcPresetsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this one.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    SdcPresetsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PresetText text = new PresetText(presets());
        if (json) {
            SdcOptions.print(text.json(), terminal);
        } else {
            terminal.out().print(text.text());
        }
        return ExitCode.FINE;
    }

    private List<Preset> presets() {
        String wanted = name;
        if (wanted == null) {
            return Presets.shipped().all();
        }
        try {
            return List.of(Presets.shipped().named(wanted));
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }
}
