package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Servers that lack conditions are found out, one by one, and nothing is left of it.
class ConditionProbeTest {
  private static final String BUCKET = "vat-probe";
  private static final String FOLDER = "v-appydave/.vat-doctor/";

  private static SandboxServer sandbox;

  private HabitServer server;
  private ObjectStore store;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    sandbox =
        SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()).withBuckets(BUCKET));
  }

  @AfterAll
  static void stopServer() throws Exception {
    sandbox.close();
  }

  @BeforeEach
  void open() throws Exception {
    server =
        HabitServer.before(
            sandbox.endpoint(), SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY);
    store =
        ImpatientStore.open(
            new S3Connection(
                Optional.of(server.endpoint()),
                Optional.of("us-east-1"),
                Optional.of(
                    new S3Keys(
                        SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
                Optional.empty()),
            BUCKET);
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  private void nothingIsLeft() throws Exception {
    List<String> left = new ArrayList<>();
    store.list("", object -> left.add(object.key()));
    store.listUploads("", upload -> left.add(upload.key()));
    assertThat(left).isEmpty();
    assertThat(store.takeRemarks()).isEmpty();
  }

  @Test
  void a_server_that_honours_everything_lacks_nothing_and_is_asked_little() throws Exception {
    assertThat(store.missingConditions(FOLDER)).isEmpty();

    assertThat(server.requests())
        .hasSizeLessThanOrEqualTo(25)
        .allMatch(request -> request.contains("/" + BUCKET + "/" + FOLDER));
    nothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void a_condition_that_is_ignored_is_missing_and_no_other(Condition condition) throws Exception {
    server.ignoring(Set.of(condition));

    assertThat(store.missingConditions(FOLDER)).containsExactly(condition);
    nothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void a_condition_that_is_refused_is_missing_and_no_other(Condition condition) throws Exception {
    server.refusing(Set.of(condition));

    assertThat(store.missingConditions(FOLDER)).containsExactly(condition);
    nothingIsLeft();
  }

  @Test
  void a_server_that_ignores_or_refuses_everything_lacks_everything() throws Exception {
    Set<Condition> all = EnumSet.allOf(Condition.class);
    server.ignoring(all);
    assertThat(store.missingConditions(FOLDER)).isEqualTo(all);
    nothingIsLeft();
    server.ignoring(Set.of()).refusing(all);
    assertThat(store.missingConditions(FOLDER)).isEqualTo(all);
    nothingIsLeft();
  }

  @Test
  void conditions_are_found_also_where_checksums_are_refused_and_etags_made_up() throws Exception {
    server.refusingChecksums(501).makingUpEtags().ignoring(Set.of(Condition.DELETE_IF_UNCHANGED));

    assertThat(store.missingConditions(FOLDER)).containsExactly(Condition.DELETE_IF_UNCHANGED);
  }

  @Test
  void a_bucket_that_is_not_there_is_no_answer_about_conditions() {
    ObjectStore nowhere =
        ImpatientStore.open(
            new S3Connection(
                Optional.of(server.endpoint()),
                Optional.of("us-east-1"),
                Optional.of(
                    new S3Keys(
                        SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
                Optional.empty()),
            "no-such-bucket");
    try (nowhere) {
      assertThatThrownBy(() -> nowhere.missingConditions(FOLDER))
          .isInstanceOf(StoreException.NoSuchBucket.class);
    }
  }
}
