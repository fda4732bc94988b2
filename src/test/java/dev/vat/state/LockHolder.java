package dev.vat.state;

import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.file.Path;

/// A program that takes a project's lock, says so, and keeps it until its input ends.
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    Path vatDir = Path.of(arguments[0]);
    ProjectId project = new ProjectId(arguments[1]);
    try (ProjectLock lock = ProjectLock.take(vatDir, project, "vat up", new TestClock())) {
      System.out.println("held " + (lock != null));
      System.in.readAllBytes();
    }
  }
}
