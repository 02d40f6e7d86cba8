package io.millrace.client.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.ConfigCatalog;
import io.millrace.common.core.config.Configuration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigViewTest {
    private static final Configuration GIVEN =
            Configuration.of(Map.of(ClusterOptions.JOBMANAGER_PORT.key(), "9000"), "the test");

    @Test
    void everySettingHasTypeDefaultFormAndMeaning() {
        assertThat(ConfigView.lines(List.of(ClusterOptions.JOBMANAGER_PORT, ClusterOptions.DATA_DIR), GIVEN))
                .containsExactly(
                        "jobmanager.port",
                        "  int, default 7171; accepts a whole number from 0 to 65535",
                        "  Port of the JobManager's gRPC services. 0 takes a free one.",
                        "  set to 9000",
                        "",
                        "data.dir",
                        "  text, default empty; accepts any text",
                        "  Directory for blobs, metadata and, on TaskManagers, keyed state in RocksDB."
                                + " Empty: 'data' in the distribution's directory.");
    }

    @Test
    void jsonHasTheSameFields() {
        assertThat(ConfigView.json(List.of(ClusterOptions.JOBMANAGER_PORT), GIVEN))
                .isEqualTo("""
                [ {
                  "key" : "jobmanager.port",
                  "type" : "int",
                  "default" : "7171",
                  "accepts" : "a whole number from 0 to 65535",
                  "description" : "Port of the JobManager's gRPC services. 0 takes a free one.",
                  "value" : "9000"
                } ]""");
    }

    @Test
    void noSettingIsLeftOut() {
        List<String> lines = ConfigView.lines(ConfigCatalog.all(), Configuration.EMPTY);

        assertThat(ConfigCatalog.all()).allSatisfy(option -> assertThat(lines).contains(option.key()));
    }
}
