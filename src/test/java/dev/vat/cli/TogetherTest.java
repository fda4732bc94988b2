package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ObjectStore;
import dev.vat.disk.ChildJvm;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two people, each in a process of their own, at work on one project at the same moment.
final class TogetherTest {
  private static final int ROUNDS = 200;
  private static final int ROUNDS_FOR_ONE_NAME = 40;

  @TempDir Path home;

  /// Somebody's process.
  private record Person(String name, Process process, Writer to, BufferedReader from) {
    static Person at(RealTeam team, String name) throws IOException {
      team.join(name);
      Process process =
          ChildJvm.start(
              CommandLoop.class,
              team.home().toString(),
              team.endpoint().toString(),
              team.repositoryName(),
              name);
      return new Person(name, process, process.outputWriter(UTF_8), process.inputReader(UTF_8));
    }

    void begins(String... words) throws IOException {
      to.write(String.join("\t", words) + "\n");
      to.flush();
    }

    String ended() throws IOException {
      return from.readLine();
    }
  }

  @Test
  void two_people_lose_no_note_and_of_two_contents_for_one_name_exactly_one_wins()
      throws Exception {
    SandboxOptions options =
        SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets(RealTeam.BUCKET);
    try (SandboxServer server = SandboxServer.start(options)) {
      RealTeam team = new RealTeam(home, server.endpoint(), "v-appydave");
      Person david = Person.at(team, "david");
      Person jan = Person.at(team, "jan");
      try (ObjectStore bucket = RealTeam.bucket(server.endpoint())) {
        Map<String, String> sent = differentFiles(team, david, jan);
        assertThat(noted(bucket, team)).isEqualTo(sent);
        Map<String, String> won = oneName(team, david, jan, bucket);
        sent.putAll(won);
        assertThat(noted(bucket, team)).isEqualTo(sent);
      } finally {
        end(david);
        end(jan);
      }
    }
  }

  private static void end(Person person) throws Exception {
    person.to.close();
    person.process.waitFor();
    person.from.close();
  }

  /// @return who sent which
  private static Map<String, String> differentFiles(RealTeam team, Person david, Person jan)
      throws IOException {
    Map<String, String> sent = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Person person : Set.of(david, jan)) {
        String name = name(person.name, round);
        team.saves(person.name, name, (person.name + "'s clip " + round).getBytes(UTF_8));
        sent.put(name, person.name);
        person.begins("up", RealTeam.PROJECT, name);
      }
      assertThat(david.ended()).as("david, round %d", round).startsWith("0 ");
      assertThat(jan.ended()).as("jan, round %d", round).startsWith("0 ");
    }
    return sent;
  }

  /// @return who won which
  private static Map<String, String> oneName(
      RealTeam team, Person david, Person jan, ObjectStore bucket) throws IOException {
    Map<String, String> won = new TreeMap<>();
    for (int round = 0; round < ROUNDS_FOR_ONE_NAME; round++) {
      String name = name("both", round);
      for (Person person : Set.of(david, jan)) {
        team.saves(person.name, name, (person.name + "'s cut " + round).getBytes(UTF_8));
        person.begins("up", RealTeam.PROJECT, name);
      }
      String davids = david.ended();
      String jans = jan.ended();
      String winner = davids.startsWith("0 ") ? "david" : "jan";
      assertThat(davids.startsWith("0 ") ? jans : davids)
          .as("round %d, won by %s", round, winner)
          .startsWith("3 ");
      assertThat(davids.startsWith("0 ") ? davids : jans).startsWith("0 ");
      assertThat(content(bucket, team.prefix() + name)).isEqualTo(winner + "'s cut " + round);
      won.put(name, winner);
    }
    return won;
  }

  private static String name(String whose, int round) {
    return String.format(Locale.ROOT, "%s-%03d.mp4", whose, round);
  }

  private static String content(ObjectStore bucket, String key) throws IOException {
    var facts = bucket.head(key).orElseThrow().summary();
    try (InputStream in = bucket.read(key, facts.etag(), 0, facts.sizeBytes())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /// Who uploaded what, by the team's notes.
  private static Map<String, String> noted(ObjectStore bucket, RealTeam team) throws IOException {
    JsonNode notes = JsonMapper.shared().readTree(content(bucket, team.prefix() + "metadata.json"));
    Map<String, String> noted = new TreeMap<>();
    notes
        .get("files")
        .forEach(
            file -> noted.put(file.get("name").asString(), file.get("uploaded_by").asString()));
    return noted;
  }
}
