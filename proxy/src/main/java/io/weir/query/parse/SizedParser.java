package io.weir.query.parse;

import io.weir.query.parse.generated.SimpleCharStream;
import io.weir.query.parse.generated.WeirSqlParser;
import io.weir.query.parse.generated.WeirSqlParserTokenManager;
import java.io.Reader;
import org.apache.calcite.util.SourceStringReader;

/** The generated parser with buffers as large as its text: its own factory makes some of 40 KB first and throws them away. */
final class SizedParser extends WeirSqlParser {
    private final Characters characters;

    private SizedParser(Characters characters) {
        super(new WeirSqlParserTokenManager(characters));
        this.characters = characters;
    }

    static WeirSqlParser of(Reader reader) {
        String text = ((SourceStringReader) reader).getSourceString();
        SizedParser parser = new SizedParser(new Characters(reader, Math.max(1, text.length())));
        parser.setOriginalSql(text);
        return parser;
    }

    @Override
    public void setTabSize(int size) {
        characters.tabs(size);
    }

    private static final class Characters extends SimpleCharStream {
        Characters(Reader reader, int size) {
            super(reader, 1, 1, size);
        }

        void tabs(int size) {
            setTabSize(size);
        }
    }
}
