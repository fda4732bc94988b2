package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A command with work to do on three files.
enum Scene {
  UP("up") {
    @Override
    void prepare(BadLine.Repository repository) throws IOException {
      repository.saves("david", FILES);
    }

    @Override
    void assertFinished(BadLine.Repository repository) throws IOException {
      assertThat(repository.inS3()).isEqualTo(FILES);
      assertThat(repository.notes()).contains(FILES.keySet());
      assertThat(repository.openUploads()).isZero();
    }
  },
  DOWN("down") {
    @Override
    void prepare(BadLine.Repository repository) throws IOException {
      repository.saves("jan", FILES);
      assertThat(repository.jan("up", BadLine.PROJECT).exit()).isZero();
    }

    @Override
    void assertFinished(BadLine.Repository repository) throws IOException {
      assertThat(repository.atDavids()).isEqualTo(FILES);
      assertThat(repository.unfinishedAtDavids()).isZero();
    }
  },
  STATUS("status") {
    @Override
    void prepare(BadLine.Repository repository) throws IOException {
      DOWN.prepare(repository);
      repository.saves("david", Map.of("one.mov", FILES.get("one.mov")));
    }

    @Override
    void assertFinished(BadLine.Repository repository) throws IOException {
      assertThat(repository.inS3()).isEqualTo(FILES);
      assertThat(repository.atDavids()).containsOnlyKeys("one.mov");
    }
  },
  CLEANUP("cleanup") {
    @Override
    void prepare(BadLine.Repository repository) throws IOException {
      DOWN.prepare(repository);
      repository.saves("david", FILES);
    }

    @Override
    void assertFinished(BadLine.Repository repository) throws IOException {
      assertThat(repository.inS3()).isEmpty();
      assertThat(repository.atDavids()).isEqualTo(FILES);
      assertThat(repository.notes())
          .contains("\"removed_by\" : \"david\"")
          .contains(FILES.keySet());
    }
  };

  static final Map<String, String> FILES =
      Map.of(
          "one.mov", "the first take, by the door",
          "two.mov", "the second take, in the rain",
          "three.mov", "the third take, the one to keep");

  private final String command;

  Scene(String command) {
    this.command = command;
  }

  abstract void prepare(BadLine.Repository repository) throws IOException;

  /// David's run, on his line.
  CommandRun run(BadLine.Repository repository) throws IOException {
    return this == CLEANUP
        ? repository.david(command, BadLine.PROJECT, "--yes")
        : repository.david(command, BadLine.PROJECT);
  }

  /// What is asked in a run without faults.
  List<FaultProxy.Request> moments(BadLine line) throws IOException {
    BadLine.Repository repository = line.repository();
    prepare(repository);
    line.proxy().rule(_ -> FaultProxy.NONE);
    assertThat(run(repository).exit()).isZero();
    assertFinished(repository);
    return line.proxy().moments();
  }

  abstract void assertFinished(BadLine.Repository repository) throws IOException;

  /// What must hold at any moment.
  static void assertNothingWrong(BadLine.Repository repository) throws IOException {
    BadLine.assertNothingWrong(repository.inS3(), FILES);
    BadLine.assertNothingWrong(repository.atDavids(), FILES);
  }
}
