package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A bad line while a server is tried out: what it does to a request is never taken for what the
/// server does with a condition.
class ProbeFaultsTest {
  private static final String BUCKET = "films";
  private static final String FOLDER = "v-appydave/.vat-doctor/";

  private static SandboxServer server;
  private static FaultProxy proxy;
  private static ObjectStore direct;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server =
        SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()).withBuckets(BUCKET));
    proxy = FaultProxy.before(server.endpoint());
    direct = at(server.endpoint());
  }

  @AfterAll
  static void stop() throws Exception {
    direct.close();
    proxy.close();
    server.close();
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

  private static List<String> objects() throws Exception {
    List<String> keys = new ArrayList<>();
    direct.list("", object -> keys.add(object.key()));
    return keys;
  }

  private static int requestsOfAQuietProbe() throws Exception {
    proxy.rule(_ -> FaultProxy.NONE);
    try (ObjectStore store = at(proxy.endpoint())) {
      assertThat(store.missingConditions(FOLDER)).isEmpty();
    }
    return proxy.requests().size();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("500", FaultProxy.answer(500, "InternalError")),
        Arguments.of("409", FaultProxy.answer(409, "OperationAborted")),
        Arguments.of("answer lost", FaultProxy.loseTheAnswer()),
        Arguments.of("reset before the body", FaultProxy.resetBeforeTheBody()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void a_fault_at_any_request_changes_nothing_of_what_is_found(String name, FaultProxy.Fault fault)
      throws Exception {
    int last = requestsOfAQuietProbe();
    for (int n = 1; n <= last; n++) {
      int bad = n;
      // A look changes nothing, so it meets no conflict.
      proxy.rule(
          request ->
              request.number() == bad && !(name.equals("409") && request.method().equals("HEAD"))
                  ? fault
                  : FaultProxy.NONE);
      try (ObjectStore store = at(proxy.endpoint())) {
        Set<Condition> missing = store.missingConditions(FOLDER);

        assertThat(missing).as("%s at %s", name, proxy.requests().get(n - 1)).isEmpty();
        assertThat(store.takeRemarks()).isEmpty();
        assertThat(objects()).isEmpty();
      }
    }
  }

  @Test
  void a_line_that_stays_bad_is_no_answer_and_what_may_be_left_is_told() throws Exception {
    int last = requestsOfAQuietProbe();
    for (int n = 1; n <= last / 2; n++) {
      int first = n;
      proxy.rule(
          request ->
              request.number() >= first ? FaultProxy.answer(503, "SlowDown") : FaultProxy.NONE);
      try (ObjectStore store = at(proxy.endpoint())) {
        assertThatThrownBy(() -> store.missingConditions(FOLDER))
            .isInstanceOf(StoreException.Unreachable.class);
        List<String> told = store.takeRemarks();
        for (String key : objects()) {
          assertThat(told).anyMatch(remark -> remark.contains(key));
          direct.remove(key, direct.head(key).orElseThrow().summary().etag());
        }
      }
    }
  }
}
