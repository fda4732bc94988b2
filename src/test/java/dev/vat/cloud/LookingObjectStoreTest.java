package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a server that ignores every condition: looks right before and after each write
/// keep it, except for what comes in the very moment between.
class LookingObjectStoreTest extends ObjectStoreContract {
  private static final String BUCKET = "vat-looking";

  private static SandboxServer sandbox;
  private static HabitServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    sandbox =
        SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()).withBuckets(BUCKET));
    server =
        HabitServer.before(sandbox.endpoint(), SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY)
            .ignoring(EnumSet.allOf(Condition.class));
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
    sandbox.close();
  }

  private static ObjectStore at(URI endpoint, Set<Condition> lacking) {
    return ImpatientStore.open(
        new S3Connection(
            Optional.of(endpoint),
            Optional.of("us-east-1"),
            Optional.of(
                new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
            Optional.empty()),
        BUCKET,
        lacking);
  }

  @Override
  public ObjectStore open() {
    return at(server.endpoint(), EnumSet.allOf(Condition.class));
  }

  /// Somebody whose server is the same and honours conditions.
  private void teammatePuts(String key, String content, Guard guard) throws IOException {
    try (ObjectStore theirs = at(sandbox.endpoint(), Set.of())) {
      stored(theirs.put(key, text(content), PLAIN, guard));
    }
  }

  @Test
  void what_a_teammate_wrote_between_compare_and_write_is_seen_by_the_look() throws Exception {
    String key = prefix() + "draft.mp4";
    ETag compared = stored(store().put(key, text("first"), PLAIN, absent()));
    teammatePuts(key, "theirs", Guard.unchanged(compared));
    server.forgetRequests();

    assertThat(store().put(key, text("mine"), PLAIN, Guard.unchanged(compared)))
        .isEqualTo(new Written.Refused());

    assertThat(server.requests()).noneMatch(request -> request.startsWith("PUT "));
    assertThat(contentOf(store().head(key).orElseThrow())).isEqualTo("theirs".getBytes(UTF_8));
    assertThat(store().remove(key, compared)).isEqualTo(Removed.CHANGED);
  }

  @Test
  void what_a_teammate_wrote_over_ours_at_once_is_seen_by_the_second_look() throws Exception {
    String key = prefix() + "draft.mp4";
    server.beforeNext(
        request -> request.startsWith("PUT "),
        () ->
            server.beforeNext(
                request -> request.startsWith("HEAD "),
                () -> {
                  try (ObjectStore theirs = at(sandbox.endpoint(), Set.of())) {
                    ETag ours = theirs.head(key).orElseThrow().summary().etag();
                    stored(theirs.put(key, text("theirs"), PLAIN, Guard.unchanged(ours)));
                  }
                }));

    assertThat(store().put(key, text("mine"), PLAIN, absent())).isEqualTo(new Written.Refused());
    assertThat(contentOf(store().head(key).orElseThrow())).isEqualTo("theirs".getBytes(UTF_8));
  }

  @Test
  void a_server_that_refuses_the_headers_themselves_is_sent_none() throws Exception {
    try (HabitServer strict =
            HabitServer.before(
                    sandbox.endpoint(), SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY)
                .refusing(EnumSet.allOf(Condition.class));
        ObjectStore there = at(strict.endpoint(), EnumSet.allOf(Condition.class))) {
      ETag first = stored(there.put(prefix() + "k", text("first"), PLAIN, absent()));
      ETag second =
          stored(there.put(prefix() + "k", text("second"), PLAIN, Guard.unchanged(first)));
      stored(there.copy(prefix() + "k", second, prefix() + "copy", absent()));
      assertThat(there.remove(prefix() + "k", second)).isEqualTo(Removed.GONE);
    }
  }

  @Override
  public boolean looksInsteadOfConditions() {
    return true;
  }

  @Override
  public void pass(Duration time) throws Exception {
    sandbox.forward(time);
  }
}
