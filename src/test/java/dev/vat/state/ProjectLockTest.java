package dev.vat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.disk.ChildJvm;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLockTest {
  private static final ProjectId PROJECT = new ProjectId("b63-flivideo");

  @TempDir Path repository;
  private Path vatDir;
  private final TestClock clock = new TestClock();

  @BeforeEach
  void a_folder_with_signs_that_mean_something_to_sqlite() {
    vatDir = repository.resolve("100% größer? mode=memory/.vat");
  }

  @Test
  void a_second_take_in_the_same_program_fails_and_says_who_has_it() throws IOException {
    try (ProjectLock held = take("vat up")) {
      assertThat(held).isNotNull();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> take("vat down"))
            .isInstanceOf(BusyException.class)
            .hasMessageContaining("b63-flivideo")
            .hasMessageContaining("vat up")
            .hasMessageContaining("process " + ProcessHandle.current().pid())
            .hasMessageContaining("2026-11-22T15:30:00Z")
            .hasMessageContaining("run again");
      }
    }
    take("vat down").close();
  }

  @Test
  void another_project_is_free() throws IOException {
    try (ProjectLock one = take("vat up");
        ProjectLock other = ProjectLock.take(vatDir, new ProjectId("b64-other"), "vat up", clock)) {
      assertThat(one).isNotSameAs(other);
    }
  }

  @Test
  void the_lock_file_stays_so_that_two_never_lock_different_files() throws IOException {
    take("vat up").close();
    assertThat(vatDir.resolve("locks/b63-flivideo.lock")).exists();
    assertThat(vatDir.resolve(".gitignore")).hasContent("*");
  }

  @Test
  void closing_twice_does_not_touch_the_next_holder() throws IOException {
    ProjectLock first = take("vat up");
    first.close();
    try (ProjectLock second = take("vat down")) {
      first.close();
      assertThatThrownBy(() -> take("vat cleanup")).hasMessageContaining("vat down");
      assertThat(second).isNotNull();
    }
  }

  @Test
  void a_very_long_id_has_a_lock_too() throws IOException {
    ProjectId longest = new ProjectId("b63-" + "x".repeat(250));
    try (ProjectLock held = ProjectLock.take(vatDir, longest, "vat up", clock)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> ProjectLock.take(vatDir, longest, "vat up", clock))
          .isInstanceOf(BusyException.class);
    }
  }

  @Test
  void of_many_threads_one_gets_it() throws Exception {
    int many = 16;
    CountDownLatch start = new CountDownLatch(1);
    List<Future<ProjectLock>> tries = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (int i = 0; i < many; i++) {
        tries.add(
            threads.submit(
                () -> {
                  start.await();
                  return take("vat up");
                }));
      }
      start.countDown();
    }
    assertThat(tries).filteredOn(t -> t.state() == Future.State.SUCCESS).hasSize(1);
    assertThat(tries)
        .filteredOn(t -> t.state() == Future.State.FAILED)
        .allSatisfy(t -> assertThat(t.exceptionNow()).isInstanceOf(BusyException.class));
    for (Future<ProjectLock> attempt : tries) {
      if (attempt.state() == Future.State.SUCCESS) {
        attempt.resultNow().close();
      }
    }
  }

  @Test
  void another_process_keeps_it_until_it_is_killed() throws Exception {
    Files.createDirectories(vatDir);
    Process other = ChildJvm.start(LockHolder.class, vatDir.toString(), PROJECT.value());
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held true");
      assertThatThrownBy(() -> take("vat down"))
          .isInstanceOf(BusyException.class)
          .hasMessageContaining("process " + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    take("vat down").close();
  }

  @Test
  void a_process_cannot_take_what_we_have_even_after_a_refused_second_take() throws Exception {
    try (ProjectLock held = take("vat up")) {
      assertThatThrownBy(() -> take("vat down")).isInstanceOf(BusyException.class);
      Files.readAllBytes(vatDir.resolve("locks/b63-flivideo.holder"));
      Process other = ChildJvm.start(LockHolder.class, vatDir.toString(), PROJECT.value());
      other.getOutputStream().close();
      assertThat(other.inputReader().readLine()).isNull();
      assertThat(other.waitFor()).isNotZero();
      assertThat(held).isNotNull();
    }
  }

  private ProjectLock take(String what) throws IOException {
    return ProjectLock.take(vatDir, PROJECT, what, clock);
  }
}
