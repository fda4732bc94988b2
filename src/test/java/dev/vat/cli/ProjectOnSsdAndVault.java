package dev.vat.cli;

import dev.vat.cloud.ObjectFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A repository whose project b40-old is on the SSD, a folder that is taken for one, and the bucket
/// that it goes to.
abstract class ProjectOnSsdAndVault extends VaultInMemory {
  Path repository;
  Path ssd;
  Path project;

  @BeforeEach
  final void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    ssd = Files.createDirectories(folder.toRealPath().resolve("T7"));
    project = ssd.resolve("b00-b49/b40-old");
    Files.writeString(repository.resolve(".video-tools.env"), "");
    write(project, "recordings/take.mp4", "footage");
    write(project, "transcript.txt", "said");
  }

  static void write(Path project, String name, String content) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-16T09:15:00Z")));
  }

  final CommandRun vat(String... words) {
    return person("david", repository)
        .with("SSD_BASE", ssd.toString())
        .with("SSD_SAME_DISK_OK", "1")
        .run(words);
  }

  final Optional<ObjectFacts> archive() {
    return bucket.head(KEY);
  }

  /// What `projects.json` says of its first project.
  final JsonNode manifest() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readAllBytes(repository.resolve("projects.json")))
        .path("projects")
        .path(0);
  }
}
