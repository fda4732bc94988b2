package dev.vat.cloud.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ReadLink;
import dev.vat.cloud.StoreException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long a link lives by the credentials that signed it, and what of it a browser would not do.
class LinksTest {
  private static final ReadLink.Shown SHOWN =
      new ReadLink.Shown("draft.mp4", "video/mp4", ReadLink.Opening.IN_BROWSER);

  @TempDir Path folder;

  @AfterEach
  void forgetProfiles() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
  }

  @Test
  void lasting_keys_make_links_that_last() throws Exception {
    ReadLink link = link(keys(Optional.empty()));

    assertThat(link.signedBy()).isEqualTo(new ReadLink.Signer.Lasting());
    assertThat(link.address().toString())
        .startsWith("https://films.s3.amazonaws.com/v/b63/draft.mp4?")
        .contains("X-Amz-Expires=604800", "X-Amz-SignedHeaders=host&")
        .doesNotContain("a-secret");
  }

  @Test
  void a_session_token_given_by_itself_has_an_end_that_nobody_knows() throws Exception {
    ReadLink link = link(keys(Optional.of("a-token")));

    assertThat(link.signedBy()).isEqualTo(new ReadLink.Signer.Temporary());
    assertThat(link.address().getQuery()).contains("X-Amz-Security-Token=a-token");
  }

  @Test
  void credentials_that_tell_their_end_end_the_link_then() throws Exception {
    Instant end = Instant.parse("2099-01-01T10:00:00Z");
    Path told = folder.resolve("told.json");
    Files.writeString(
        told,
        """
        {"Version": 1, "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "a-secret",
         "SessionToken": "a-token", "Expiration": "%s"}
        """
            .formatted(end));
    Path config = folder.resolve("config");
    Files.writeString(config, "[profile team]\ncredential_process = cat " + told + "\n");
    System.setProperty("aws.configFile", config.toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("none").toString());

    ReadLink link = link(connection(Optional.empty(), Optional.of("team")));

    assertThat(link.signedBy()).isEqualTo(new ReadLink.Signer.Until(end));
  }

  @Test
  void without_credentials_there_is_no_link_and_it_is_said_what_to_set() {
    System.setProperty("aws.configFile", folder.resolve("none").toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("none").toString());

    assertThatThrownBy(() -> link(connection(Optional.empty(), Optional.of("team"))))
        .isInstanceOf(StoreException.BadCredentials.class)
        .hasMessageContaining("AWS_ACCESS_KEY_ID");
  }

  @Test
  void a_server_of_ones_own_has_its_bucket_in_the_path() throws Exception {
    S3Connection own =
        new S3Connection(
            Optional.of(URI.create("http://127.0.0.1:9000")),
            Optional.of("us-east-1"),
            keys(Optional.empty()).keys(),
            Optional.empty());

    assertThat(link(own).address().toString())
        .startsWith("http://127.0.0.1:9000/films/v/b63/draft.mp4?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "draft.mp4     | inline; filename=\"draft.mp4\"; filename*=UTF-8''draft.mp4",
        "a b.mp4       | inline; filename=\"a b.mp4\"; filename*=UTF-8''a%20b.mp4",
        "caf\u00e9.mp4 | inline; filename=\"caf_.mp4\"; filename*=UTF-8''caf%C3%A9.mp4",
        "\"; x=y.mp4   | inline; filename=\"__ x_y.mp4\"; filename*=UTF-8''%22%3B%20x%3Dy.mp4"
      })
  void a_name_stays_in_its_quotes(String name, String header) {
    assertThat(Disposition.of(new ReadLink.Shown(name, "video/mp4", ReadLink.Opening.IN_BROWSER)))
        .isEqualTo(header);
  }

  private static ReadLink link(S3Connection connection) throws Exception {
    try (ObjectStore store = ImpatientStore.open(connection, "films")) {
      return store.readLink("v/b63/draft.mp4", SHOWN, Duration.ofDays(7));
    }
  }

  private static S3Connection keys(Optional<String> token) {
    return connection(Optional.of(new S3Keys("AKIDEXAMPLE", "a-secret", token)), Optional.empty());
  }

  private static S3Connection connection(Optional<S3Keys> keys, Optional<String> profile) {
    return new S3Connection(Optional.empty(), Optional.of("us-east-1"), keys, profile);
  }
}
