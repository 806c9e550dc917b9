package io.weir.yaml;

import io.weir.yaml.YamlValue.Mapping;
import io.weir.yaml.YamlValue.Scalar;
import io.weir.yaml.YamlValue.Sequence;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one file. Works on parser events with a stack of its own, so that neither depth nor aliases can exhaust memory or the call stack.
 */
public final class YamlReader {
    /** Largest file, in bytes. */
    public static final int MAX_BYTES = 512 * 1024;

    /** Deepest nesting of maps and lists. */
    public static final int MAX_DEPTH = 20;

    private final String file;
    private final YamlProblems problems;
    private final Deque<Frame> open = new ArrayDeque<>();
    private @Nullable YamlValue root;
    private int documents;

    private YamlReader(String file, YamlProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads a file whose top is a map.
     *
     * @param file the name for problems
     * @return the top, or empty after adding at least one problem
     */
    public static Optional<YamlSection> read(String file, byte[] bytes, YamlProblems problems) {
        if (bytes.length > MAX_BYTES) {
            problems.add(file, 0, "", "the file is larger than " + MAX_BYTES + " bytes", "split it");
            return Optional.empty();
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            problems.add(file, 0, "", "the file is not UTF-8", "save it as UTF-8");
            return Optional.empty();
        }
        int before = problems.count();
        Optional<YamlValue> value = new YamlReader(file, problems).parse(bytes);
        if (problems.count() > before || value.isEmpty()) {
            if (problems.count() == before) {
                problems.add(
                        file, 0, "", "the file is empty", "write the keys that its kind needs, or remove the file");
            }
            return Optional.empty();
        }
        if (value.get() instanceof Mapping mapping) {
            return Optional.of(new YamlSection(file, "", mapping, problems));
        }
        problems.add(file, value.get().line(), "", "the file does not hold a map", "start with 'key: value'");
        return Optional.empty();
    }

    private Optional<YamlValue> parse(byte[] bytes) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(MAX_BYTES)
                .setParseComments(false)
                .build();
        try {
            for (Event event : new Parse(settings).parseInputStream(new ByteArrayInputStream(bytes))) {
                if (!accept(event)) {
                    return Optional.empty();
                }
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
            problems.add(
                    file, line, "", "this is not YAML: " + e.getProblem(), "check indentation, quotes and colons here");
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(file, 0, "", "this is not YAML", "check indentation, quotes and colons");
            return Optional.empty();
        }
        return Optional.ofNullable(root);
    }

    /** False when reading on would make no sense. */
    private boolean accept(Event event) {
        int line = event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
        if (event instanceof AliasEvent) {
            problems.add(file, line, "", "aliases (*name) are not allowed", "repeat the value");
            return false;
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.add(file, line, "", "anchors (&name) are not allowed", "repeat the value where it is needed");
            return false;
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, line);
            case SequenceStart -> tagless(((SequenceStartEvent) event).getTag(), line) && push(new Frame(line, true));
            case MappingStart -> tagless(((MappingStartEvent) event).getTag(), line) && push(new Frame(line, false));
            case SequenceEnd, MappingEnd -> place(open.pop().close());
            case DocumentStart -> ++documents == 1 || manyDocuments(line);
            case DocumentEnd, StreamStart, StreamEnd, Comment, Alias -> true;
        };
    }

    private boolean manyDocuments(int line) {
        problems.add(file, line, "", "a second document begins here", "use one file for each");
        return false;
    }

    private boolean tagless(Optional<String> tag, int line) {
        if (tag.isEmpty()) {
            return true;
        }
        problems.add(file, line, "", "tags (!name) are not allowed", "remove the tag");
        return false;
    }

    private boolean scalar(ScalarEvent event, int line) {
        if (!tagless(event.getTag(), line)) {
            return false;
        }
        boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
        Frame frame = open.peek();
        if (frame != null && frame.wantsKey()) {
            if (!frame.key(event.getValue())) {
                problems.add(file, line, "", "the key '" + event.getValue() + "' is there twice", "keep one");
            }
            return true;
        }
        return place(new Scalar(line, event.getValue(), plain));
    }

    private boolean push(Frame frame) {
        Frame outer = open.peek();
        if (outer != null && outer.wantsKey()) {
            problems.add(file, frame.line, "", "a key must be a plain word", "write 'key: value'");
            return false;
        }
        if (open.size() >= MAX_DEPTH) {
            problems.add(file, frame.line, "", "nested deeper than " + MAX_DEPTH + " levels", "flatten it");
            return false;
        }
        open.push(frame);
        return true;
    }

    private boolean place(YamlValue value) {
        Frame frame = open.peek();
        if (frame == null) {
            root = value;
        } else {
            frame.add(value);
        }
        return true;
    }

    /** A map or list that is not closed yet. */
    private static final class Frame {
        private final int line;
        private final boolean list;
        private final List<YamlValue> items = new ArrayList<>();
        private final Map<String, YamlValue> entries = new LinkedHashMap<>();
        private @Nullable String key;

        Frame(int line, boolean list) {
            this.line = line;
            this.list = list;
        }

        boolean wantsKey() {
            return !list && key == null;
        }

        boolean key(String name) {
            key = name;
            return !entries.containsKey(name);
        }

        void add(YamlValue value) {
            if (list) {
                items.add(value);
            } else if (key != null) {
                entries.putIfAbsent(key, value);
                key = null;
            }
        }

        YamlValue close() {
            return list ? new Sequence(line, items) : new Mapping(line, entries);
        }
    }
}
