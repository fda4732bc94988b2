package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract on a server that takes no checksum headers and keeps no checksums.
class NoChecksumsObjectStoreTest extends ObjectStoreContract {
  private static final String BUCKET = "vat-no-checksums";

  private static SandboxServer sandbox;
  private static HabitServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    sandbox =
        SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()).withBuckets(BUCKET));
    server = habits().refusingChecksums(501);
  }

  private static HabitServer habits() throws Exception {
    return HabitServer.before(
        sandbox.endpoint(), SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
    sandbox.close();
  }

  @Override
  public ObjectStore open() {
    return at(server.endpoint());
  }

  private static ObjectStore at(URI endpoint) {
    return ImpatientStore.open(
        new S3Connection(
            Optional.of(endpoint),
            Optional.of("us-east-1"),
            Optional.of(
                new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
            Optional.empty()),
        BUCKET);
  }

  private Written sentInParts(ObjectStore there, String key, String content) throws Exception {
    String id = there.createUpload(key, PLAIN);
    List<UploadedPart> parts = List.of(there.uploadPart(key, id, 1, text(content)));
    return there.completeUpload(key, id, parts, content.length(), text(content).crc32(), absent());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 501})
  void a_refused_checksum_is_tried_once_and_each_body_then_goes_with_its_md5(int status)
      throws Exception {
    try (HabitServer strict = habits().refusingChecksums(status);
        ObjectStore there = at(strict.endpoint())) {
      stored(there.put(prefix() + "a", text("first"), PLAIN, absent()));
      strict.forgetRequests();
      stored(there.put(prefix() + "b", text("second"), PLAIN, absent()));
      stored(sentInParts(there, prefix() + "c", "in parts"));

      assertThat(strict.requests()).hasSize(1 + 3);
      assertThat(strict.md5s())
          .containsExactly(
              "iwTV43ddKY54RV78XKQE1Q==", "qfDmGhN9hqqdtTRl4IAWEg==", "v8oKY3R7uxYfDjzj/gR65Q==");
      assertThat(there.takeRemarks()).isEmpty();
    }
  }

  @Test
  void bytes_that_were_damaged_on_the_way_are_refused_by_their_md5() throws Exception {
    try (HabitServer strict = habits().refusingChecksums(501).damagingBodies();
        ObjectStore there = at(strict.endpoint())) {
      assertThatThrownBy(() -> there.put(prefix() + "k", text("content"), PLAIN, absent()))
          .isInstanceOf(StoreException.class);
    }
    assertThat(store().head(prefix() + "k")).isEmpty();
  }

  @Test
  void a_made_up_etag_of_parts_proves_nothing_and_that_is_said_once() throws Exception {
    try (HabitServer strict = habits().refusingChecksums(501).makingUpEtags();
        ObjectStore there = at(strict.endpoint())) {
      ETag version = stored(sentInParts(there, prefix() + "k", "in parts"));

      assertThat(there.takeRemarks())
          .singleElement()
          .asString()
          .contains("One file that was sent in parts", "is not proven", "vat down");
      assertThat(there.takeRemarks()).isEmpty();
      assertThat(there.head(prefix() + "k").orElseThrow().summary().etag()).isEqualTo(version);
      try (var in = there.read(prefix() + "k", version, 0, 8)) {
        assertThat(in.readAllBytes()).isEqualTo("in parts".getBytes(UTF_8));
      }
    }
  }

  @Override
  public boolean keepsChecksums() {
    return false;
  }

  @Override
  public boolean listsChecksumsOfParts() {
    return false;
  }

  @Override
  public void pass(Duration time) throws Exception {
    sandbox.forward(time);
  }

  @Override
  public boolean replacesTags() {
    return false;
  }
}
