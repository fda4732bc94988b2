package dev.vat.cloud.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3AccessTest {
  private static final String ENDPOINT_PROPERTY = "aws.endpointUrlS3";

  @AfterEach
  void forgetEndpoint() {
    System.clearProperty(ENDPOINT_PROPERTY);
  }

  @Test
  void a_server_that_the_sdks_own_configuration_names_is_used_on_both_paths() throws Exception {
    try (var server = ScriptedServer.of(ScriptedServer.ok("e"))) {
      // By its name: for a bare address even the SDK puts the bucket into the path.
      String endpoint = "http://localhost:" + server.endpoint().getPort();
      System.setProperty(ENDPOINT_PROPERTY, endpoint);
      try (ObjectStore store = ImpatientStore.open(connection(), "team-bucket")) {
        store.abortUpload("k", "id");
        store.put(
            "k",
            Body.of("x".getBytes(UTF_8)),
            new ObjectAttributes("text/plain", Map.of()),
            Guard.absent());
      }
      assertThat(server.requests())
          .extracting(request -> request.target().replaceAll("[?].*", ""))
          .isEqualTo(List.of("/team-bucket/k", "/team-bucket/k"));
    }
  }

  @Test
  void messages_name_the_server_without_more() {
    assertThat(connection().serverName()).isEqualTo("Amazon S3");
  }

  private static S3Connection connection() {
    return new S3Connection(
        Optional.empty(),
        Optional.of("us-east-1"),
        Optional.of(new S3Keys("AKIDEXAMPLE", "a-secret", Optional.of("a-token"))),
        Optional.empty());
  }
}
