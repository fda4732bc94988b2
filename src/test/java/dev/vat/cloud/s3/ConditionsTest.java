package dev.vat.cloud.s3;

import static dev.vat.cloud.s3.ScriptedServer.answer;
import static dev.vat.cloud.s3.ScriptedServer.error;
import static dev.vat.cloud.s3.ScriptedServer.takeAndCut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.ThawAnswer;
import dev.vat.cloud.ThawTier;
import dev.vat.cloud.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Removals and copies: what is asked of the server, and what its conflicts and silences mean.
class ConditionsTest {
  private static final ETag VERSION = new ETag("098f6bcd4621d373cade4e832627b4f6");
  private static final ETag OTHER = new ETag("5a105e8b9d40e1329780d62ea2265d8a");
  private static final ScriptedServer.Behaviour GONE = error(404, "");
  private static final ScriptedServer.Behaviour REMOVED = answer(204, Map.of(), "");
  private static final ScriptedServer.Behaviour COPIED =
      answer(
          200, Map.of(), "<CopyObjectResult><ETag>\"" + VERSION + "\"</ETag></CopyObjectResult>");

  @Test
  void a_removal_looks_and_then_names_the_version() throws Exception {
    try (var server = ScriptedServer.of(there(VERSION), REMOVED);
        ObjectStore store = open(server)) {
      assertThat(store.remove("k", VERSION)).isEqualTo(Removed.GONE);

      assertThat(server.requests())
          .extracting(ScriptedServer.Request::method)
          .containsExactly("HEAD", "DELETE");
      assertThat(server.requests().get(1).header("if-match")).contains(VERSION.quoted());
    }
  }

  @Test
  void another_version_is_not_even_asked_to_go() throws Exception {
    try (var server = ScriptedServer.of(there(OTHER));
        ObjectStore store = open(server)) {
      assertThat(store.remove("k", VERSION)).isEqualTo(Removed.CHANGED);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_version_that_came_between_is_left_alone() throws Exception {
    try (var server =
            ScriptedServer.of(there(VERSION), error(412, "PreconditionFailed"), there(OTHER));
        ObjectStore store = open(server)) {
      assertThat(store.remove("k", VERSION)).isEqualTo(Removed.CHANGED);
    }
  }

  @Test
  void a_lost_answer_to_a_removal_is_looked_up() throws Exception {
    try (var server = ScriptedServer.of(there(VERSION), takeAndCut(), GONE);
        ObjectStore store = open(server)) {
      assertThat(store.remove("k", VERSION)).isEqualTo(Removed.GONE);
    }
  }

  @Test
  void a_removal_that_lost_a_race_looks_again() throws Exception {
    try (var server =
            ScriptedServer.of(
                there(VERSION), error(409, "ConditionalRequestConflict"), there(VERSION), REMOVED);
        ObjectStore store = open(server)) {
      assertThat(store.remove("k", VERSION)).isEqualTo(Removed.GONE);
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void a_copy_names_both_versions() throws Exception {
    try (var server = ScriptedServer.of(there(VERSION), GONE, COPIED);
        ObjectStore store = open(server)) {
      assertThat(store.copy("s", VERSION, "t", Guard.absent()))
          .isEqualTo(new Written.Stored(VERSION));

      var copy = server.requests().get(2);
      assertThat(copy.header("x-amz-copy-source-if-match")).contains(VERSION.quoted());
      assertThat(copy.header("if-none-match")).contains("*");
      assertThat(copy.header("x-amz-metadata-directive")).contains("COPY");
    }
  }

  @Test
  void a_lost_answer_to_our_own_copy_is_recognised() throws Exception {
    try (var server =
            ScriptedServer.of(
                there(VERSION),
                GONE,
                takeAndCut(),
                error(412, "PreconditionFailed"),
                there(VERSION),
                there(VERSION));
        ObjectStore store = open(server)) {
      assertThat(store.copy("s", VERSION, "t", Guard.absent()))
          .isEqualTo(new Written.Stored(VERSION));
    }
  }

  @Test
  void a_lost_answer_to_a_copy_onto_itself_is_recognised_although_it_is_frozen_now()
      throws Exception {
    try (var server =
            ScriptedServer.of(
                there(VERSION),
                takeAndCut(),
                error(403, "ObjectNotInActiveTierError"),
                frozen(VERSION));
        ObjectStore store = open(server)) {
      assertThat(moved(store)).isEqualTo(new Written.Stored(VERSION));

      var copy = server.requests().get(1);
      assertThat(copy.header("x-amz-storage-class")).contains("DEEP_ARCHIVE");
      assertThat(copy.header("if-match")).contains(VERSION.quoted());
      assertThat(copy.header("x-amz-copy-source-if-match")).contains(VERSION.quoted());
      assertThat(copy.header("x-amz-tagging-directive")).isEmpty();
    }
  }

  @Test
  void somebody_elses_freezing_is_not_taken_for_a_lost_answer_and_another_version_is_a_change()
      throws Exception {
    try (var server =
            ScriptedServer.of(
                there(VERSION), error(403, "ObjectNotInActiveTierError"), frozen(VERSION));
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> moved(store)).isInstanceOf(StoreException.Frozen.class);
    }
    try (var server =
            ScriptedServer.of(
                there(VERSION), takeAndCut(), error(412, "PreconditionFailed"), there(OTHER));
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> moved(store)).isInstanceOf(StoreException.Changed.class);
    }
  }

  private static Written moved(ObjectStore store) throws Exception {
    return store.copy(
        "s",
        VERSION,
        "s",
        CopyAttributes.in(StorageClass.DEEP_ARCHIVE),
        Guard.unchanged(VERSION),
        CopyWatch.none());
  }

  private static ScriptedServer.Behaviour frozen(ETag version) {
    Map<String, String> facts = new HashMap<>(facts(version));
    facts.put("x-amz-storage-class", "DEEP_ARCHIVE");
    return answer(200, facts, "test");
  }

  @Test
  void a_lost_answer_to_asking_for_a_thaw_is_recognised() throws Exception {
    try (var server =
            ScriptedServer.of(
                frozen(VERSION), takeAndCut(), error(409, "RestoreAlreadyInProgress"));
        ObjectStore store = open(server)) {
      assertThat(store.thaw("s", VERSION, 7, ThawTier.BULK)).isEqualTo(new ThawAnswer.Begun());
    }
    try (var server = ScriptedServer.of(frozen(VERSION), error(409, "RestoreAlreadyInProgress"));
        ObjectStore store = open(server)) {
      assertThat(store.thaw("s", VERSION, 7, ThawTier.BULK)).isEqualTo(new ThawAnswer.UnderWay());
    }
    try (var server = ScriptedServer.of(frozen(VERSION), error(403, "AccessDenied"));
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.thaw("s", VERSION, 7, ThawTier.BULK))
          .isInstanceOf(StoreException.AccessDenied.class)
          .hasMessageContaining("s3:RestoreObject");
    }
  }

  @Test
  void a_target_that_came_between_is_a_refusal_and_a_source_that_changed_is_a_change()
      throws Exception {
    try (var server =
            ScriptedServer.of(
                there(VERSION),
                GONE,
                error(412, "PreconditionFailed"),
                there(VERSION),
                there(OTHER));
        ObjectStore store = open(server)) {
      assertThat(store.copy("s", VERSION, "t", Guard.absent())).isEqualTo(new Written.Refused());
    }
    try (var server =
            ScriptedServer.of(
                there(VERSION), GONE, error(412, "PreconditionFailed"), there(OTHER));
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.copy("s", VERSION, "t", Guard.absent()))
          .isInstanceOf(StoreException.Changed.class);
    }
  }

  @Test
  void a_copy_in_parts_that_fails_aborts_its_upload() throws Exception {
    ScriptedServer.Behaviour begun =
        answer(
            200,
            Map.of(),
            "<InitiateMultipartUploadResult><UploadId>our-upload</UploadId>"
                + "</InitiateMultipartUploadResult>");
    ScriptedServer.Behaviour denyPartsAllowAbort =
        exchange ->
            (exchange.request().method().equals("DELETE") ? REMOVED : error(403, "AccessDenied"))
                .serve(exchange);
    try (var server =
            ScriptedServer.of(
                big(12L * 1024 * 1024),
                GONE,
                big(12L * 1024 * 1024),
                error(501, "NotImplemented"),
                begun,
                denyPartsAllowAbort);
        ObjectStore store = ImpatientStore.copyingInParts(connection(server), "bucket")) {
      assertThatThrownBy(() -> store.copy("s", VERSION, "t", Guard.absent()))
          .isInstanceOf(StoreException.AccessDenied.class)
          .hasNoSuppressedExceptions();

      var last = server.requests().getLast();
      assertThat(last.method()).isEqualTo("DELETE");
      assertThat(last.target()).contains("uploadId=our-upload");
    }
  }

  @Test
  void what_begins_or_writes_something_is_not_sent_twice_by_the_jdk() throws Exception {
    try (var server = ScriptedServer.of(there(VERSION), GONE, takeAndCut());
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.copy("s", VERSION, "t", Guard.absent()))
          .isInstanceOf(StoreException.Unreachable.class);
      assertThat(server.requests()).hasSize(2 + 6);
    }
    try (var server = ScriptedServer.of(takeAndCut());
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.createUpload("k", new ObjectAttributes("video/mp4", Map.of())))
          .isInstanceOf(StoreException.Unreachable.class);
      assertThat(server.requests()).hasSize(6);
    }
  }

  private static ScriptedServer.Behaviour there(ETag version) {
    return answer(200, facts(version), "test");
  }

  private static ScriptedServer.Behaviour big(long sizeBytes) {
    return exchange -> {
      exchange.send(ScriptedServer.head(200, facts(VERSION), sizeBytes, false));
      exchange.end();
    };
  }

  private static Map<String, String> facts(ETag version) {
    return Map.of("ETag", version.quoted(), "Last-Modified", "Sun, 22 Nov 2026 20:00:00 GMT");
  }

  private static ObjectStore open(ScriptedServer server) {
    return ImpatientStore.open(connection(server), "bucket");
  }

  private static S3Connection connection(ScriptedServer server) {
    return new S3Connection(
        Optional.of(server.endpoint()),
        Optional.of("us-east-1"),
        Optional.of(new S3Keys("AKIDEXAMPLE", "a-secret", Optional.empty())),
        Optional.empty());
  }
}
