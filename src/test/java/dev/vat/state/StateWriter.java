package dev.vat.state;

import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// A program that opens the state and writes many small facts under its own project.
final class StateWriter {
  static final int FACTS = 200;
  static final String PLACE = "s3://bucket/prefix";

  private StateWriter() {}

  public static void main(String[] arguments) throws IOException {
    Path vatDir = Path.of(arguments[0]);
    ProjectId project = new ProjectId(arguments[1]);
    System.out.println("ready");
    System.in.read();
    for (int i = 0; i < FACTS; i++) {
      // Opening is part of what must work at the same time.
      if (i % 50 == 0) {
        State.open(vatDir, new TestClock()).close();
      }
    }
    try (State state = State.open(vatDir, new TestClock())) {
      for (int i = 0; i < FACTS; i++) {
        RelativeName name = RelativeName.of("file-" + i);
        Base base = new Base(new Md5("0".repeat(32)), i, "etag", Instant.EPOCH);
        state.bases().agree(PLACE, project, name, base);
        System.out.println(i);
      }
    }
  }
}
