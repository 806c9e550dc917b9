package io.weir.connector.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlServerAddressTest {
    @Test
    void hostPortAndDatabaseAreTaken() {
        assertThat(SqlServerAddress.parse("jdbc:sqlserver://db.example.org:14330;databaseName=hospital"))
                .isEqualTo(new SqlServerAddress("db.example.org", 14330, "hospital"));
        assertThat(SqlServerAddress.parse("jdbc:sqlserver://localhost;databaseName=hospital;")
                        .port())
                .isEqualTo(1433);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlserver://h",
                "jdbc:sqlserver://h;databaseName=d;trustServerCertificate=true",
                "jdbc:sqlserver://h;databaseName=d;user=x",
                "jdbc:sqlserver://h;encrypt=false;databaseName=d",
                "jdbc:sqlserver://h\\instance;databaseName=d",
                "jdbc:sqlserver://h:99999;databaseName=d",
                "jdbc:sqlserver://h:0;databaseName=d",
                "jdbc:sqlserver://u@h;databaseName=d",
                "jdbc:sqlserver://h;databaseName={d;trustManagerClass=x}",
                "jdbc:postgresql://h/d",
                ""
            })
    void anythingElseIsRefusedWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> SqlServerAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("true"));
    }
}
