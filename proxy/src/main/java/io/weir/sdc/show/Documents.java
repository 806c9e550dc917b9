package io.weir.sdc.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.disclosure.verdict.Finding;
import io.weir.sdc.describe.Dimension;
import io.weir.yaml.YamlProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON documents. Their shape is in docs/reference/sdc.md; keys that are unknown have the value null. */
public final class Documents {
    private Documents() {}

    static ObjectNode of(String command, @Nullable String profile) {
        return JsonNodeFactory.instance.objectNode().put("command", command).put("profile", profile);
    }

    static ObjectNode cell(ArrayNode cells, List<Dimension> dimensions, List<List<String>> place, String measure) {
        ObjectNode cell = cells.addObject();
        ObjectNode at = cell.putObject("at");
        Words.codes(dimensions, place).forEach(at::put);
        return cell.put("measure", measure);
    }

    static void findings(ObjectNode cell, List<Finding> findings) {
        ArrayNode all = cell.putArray("findings");
        findings.forEach(
                finding -> all.addObject().put("rule", finding.rule().id()).put("sentence", finding.sentence()));
    }

    /** What is wrong with the files of a command. */
    public static ObjectNode problems(String command, List<YamlProblem> problems) {
        ObjectNode root = of(command, null);
        ArrayNode all = root.putArray("problems");
        problems.forEach(problem -> all.addObject()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("path", problem.path())
                .put("message", problem.message())
                .put("remedy", problem.remedy()));
        return root;
    }

    /** The text of a document, with a line break at its end. */
    public static String text(ObjectNode document) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document)
                    + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A document in memory can be written", e);
        }
    }
}
