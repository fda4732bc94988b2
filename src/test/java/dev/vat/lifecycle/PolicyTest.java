package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PolicyTest {
  private static final Instant CHANGED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Policy POLICY = new Policy(90, 180, 90, 180);

  @Test
  void an_active_project_goes_to_the_ssd_wherever_else_it_is() {
    assertThat(move(project(flat(), none(), Optional.empty())))
        .isEqualTo("ARCHIVE from 2026-04-01T00:00:00Z");
    assertThat(move(project(flat(), ssd(), Optional.of(cloud(false)))))
        .isEqualTo("ARCHIVE from 2026-04-01T00:00:00Z");
  }

  @Test
  void from_the_ssd_it_goes_to_s3_and_off_the_ssd_not_before() {
    assertThat(move(project(light(), ssd(), Optional.empty())))
        .isEqualTo("BACKUP from 2026-06-30T00:00:00Z");
    assertThat(move(project(List.of(), ssd(), Optional.of(cloud(false)))))
        .isEqualTo("RELEASE from 2026-06-30T00:00:00Z");
    ProjectEntry frozen = project(List.of(), ssd(), Optional.of(cloud(true)));
    assertThat(new Policy(90, 180, 200, 180).next(frozen))
        .isEqualTo(
            new Proposal.Move(
                Proposal.Step.RELEASE,
                Optional.of(CHANGED.plus(Duration.ofDays(200))),
                "200 days after the last change (SSD_RETENTION_DAYS)"));
  }

  @Test
  void in_s3_alone_it_freezes_and_then_stays() {
    assertThat(move(project(light(), none(), Optional.of(cloud(false))))).isEqualTo("FREEZE");
    assertThat(POLICY.next(project(light(), none(), Optional.of(cloud(true)))))
        .isInstanceOf(Proposal.Stay.class);
    assertThat(POLICY.next(project(light(), none(), Optional.empty())))
        .isInstanceOf(Proposal.Stay.class);
  }

  @Test
  void what_nobody_counted_has_no_date_and_is_never_due() {
    SsdCopy uncounted =
        new SsdCopy(
            Optional.empty(), "b40-flight", Optional.empty(), Optional.empty(), Optional.empty());
    Proposal next = POLICY.next(project(List.of(), List.of(uncounted), Optional.empty()));

    assertThat(next.reason()).contains("does not tell yet");
    assertThat(((Proposal.Move) next).isDue(Instant.MAX)).isFalse();
  }

  @Test
  void it_is_due_from_that_moment_on() {
    Proposal.Move move = (Proposal.Move) POLICY.next(project(flat(), none(), Optional.empty()));
    Instant from = move.from().orElseThrow();

    assertThat(move.isDue(from.minusNanos(1))).isFalse();
    assertThat(move.isDue(from)).isTrue();
  }

  private static String move(ProjectEntry project) {
    Proposal.Move move = (Proposal.Move) POLICY.next(project);
    return move.step() + move.from().map(at -> " from " + at).orElse("");
  }

  private static ProjectEntry project(
      List<LocalCopy> local, List<SsdCopy> ssd, Optional<CloudCopy> s3) {
    return new ProjectEntry(new ProjectId("b40-flight"), local, ssd, s3, Optional.empty());
  }

  private static List<LocalCopy> flat() {
    return List.of(new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals()));
  }

  private static List<LocalCopy> light() {
    return List.of(
        new LocalCopy(LocalCopy.Structure.GROUPED, "archived/b00-b49/b40-flight", totals()));
  }

  private static List<SsdCopy> ssd() {
    return List.of(
        new SsdCopy(
            Optional.empty(),
            "b00-b49/b40-flight",
            Optional.of(totals()),
            Optional.of(CHANGED),
            Optional.empty()));
  }

  private static List<SsdCopy> none() {
    return List.of();
  }

  private static CloudCopy cloud(boolean frozen) {
    return new CloudCopy("b40-flight.tar.gz", frozen, OptionalLong.of(1000));
  }

  private static TreeTotals totals() {
    return new TreeTotals(2, 1000, 1, 900, Optional.of(CHANGED));
  }
}
