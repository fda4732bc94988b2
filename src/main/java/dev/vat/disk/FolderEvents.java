package dev.vat.disk;

import com.sun.nio.file.ExtendedWatchEventModifier;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Wakes up who waits for something to change in some folders. A hint and no more: what there is, a
/// look tells. Events can be lost, and some file systems have none; then [#await] simply takes its
/// time.
///
/// Linux: inotify, each folder by itself. Windows: the whole tree by one handle, because a handle
/// on a folder keeps the folders above from being renamed. macOS: the JDK has nothing better than
/// listing each folder every two seconds by a timer of its own, so nothing is watched, and looking
/// now and then is the better of the two.
///
/// [#watch] and [#await] are for one thread; [#wake] and [#close] for any.
public final class FolderEvents implements AutoCloseable {
  /// While a file is being copied there are thousands of events a second; one is enough.
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(250);

  private static final WatchEvent.Kind<?>[] ARRIVALS = {
    StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY
  };

  private final Object turn = new Object();
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private final Function<Path, Optional<String>> silence;
  private final Registration registration;
  private final boolean wholeTree;
  private WatchService service;
  private String scanning = "";
  private boolean changed;
  private boolean called;

  /// How a folder is registered.
  interface Registration {
    WatchKey begin(Path folder, WatchService with) throws IOException;
  }

  /// @param service empty when nothing is to be watched
  /// @param silence why a folder's file system does not tell what changes; empty when it does
  /// @param wholeTree whether one registration covers what is below
  FolderEvents(
      Optional<WatchService> service,
      Function<Path, Optional<String>> silence,
      Registration registration,
      boolean wholeTree) {
    this.service = service.orElse(null);
    this.silence = silence;
    this.registration = registration;
    this.wholeTree = wholeTree;
    service.ifPresent(open -> Thread.ofVirtual().name("folder events").start(() -> passOn(open)));
  }

  /// As this system can. Where it cannot at all, that is no fault: see [#scanning()].
  public static FolderEvents ofThisSystem() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return none();
    }
    boolean windows = system.startsWith("windows");
    try {
      return new FolderEvents(
          Optional.of(FileSystems.getDefault().newWatchService()),
          new SilentFileSystems()::why,
          windows ? FolderEvents::wholeTree : FolderEvents::oneFolder,
          windows);
    } catch (IOException | UnsupportedOperationException refused) {
      return scanning(reason(refused));
    }
  }

  /// Watches nothing, and says nothing of it.
  public static FolderEvents none() {
    return new FolderEvents(
        Optional.empty(), _ -> Optional.empty(), FolderEvents::oneFolder, false);
  }

  /// Watches nothing.
  ///
  /// @param why in words for users
  public static FolderEvents scanning(String why) {
    FolderEvents none = none();
    none.scanning = why;
    return none;
  }

  static WatchKey oneFolder(Path folder, WatchService with) throws IOException {
    return folder.register(with, ARRIVALS);
  }

  private static WatchKey wholeTree(Path folder, WatchService with) throws IOException {
    return folder.register(with, ARRIVALS, ExtendedWatchEventModifier.FILE_TREE);
  }

  /// Watches exactly these folders from now on, each without what is below it. Gives up watching,
  /// for good, when one of them cannot be watched.
  ///
  /// @param root the folder above all of them, which is among them
  /// @return whether folders are watched now that were not before: something may have come into
  ///     them since they were listed, so look again
  public boolean watch(Path root, Set<Path> folders) {
    if (service == null) {
      return false;
    }
    Set<Path> wanted = wholeTree ? Set.of(root) : folders;
    watched.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), wanted));
    boolean more = false;
    for (Path folder : wanted) {
      if (service != null && !watched.containsKey(folder)) {
        more |= begin(folder);
      }
    }
    return more;
  }

  private static boolean isOver(Path folder, WatchKey key, Set<Path> wanted) {
    if (wanted.contains(folder) && key.isValid()) {
      return false;
    }
    key.cancel();
    return true;
  }

  private boolean begin(Path folder) {
    try {
      Optional<String> silent = silence.apply(folder);
      if (silent.isPresent()) {
        giveUp(silent.get());
        return false;
      }
      watched.put(folder, registration.begin(folder, service));
      return true;
    } catch (NoSuchFileException | NotDirectoryException | ClosedWatchServiceException gone) {
      return false;
    } catch (IOException | UnsupportedOperationException refused) {
      giveUp(reason(refused));
      return false;
    }
  }

  private static String reason(Exception refused) {
    // inotify: ENOSPC stands for the user's limit of watches, EMFILE for that of instances.
    String reason =
        refused instanceof FileSystemException file ? file.getReason() : refused.getMessage();
    return reason == null ? refused.getClass().getSimpleName() : reason;
  }

  private void giveUp(String why) {
    scanning = why;
    stopWatching();
  }

  private void stopWatching() {
    watched.clear();
    if (service != null) {
      try {
        service.close();
      } catch (IOException fault) {
        // Nothing is lost: it is never asked again, and the process's end frees the rest.
        scanning = scanning.isEmpty() ? reason(fault) : scanning;
      }
      service = null;
    }
  }

  /// Whether changes wake up [#await]; where not, look every few seconds.
  public boolean isWatching() {
    return service != null;
  }

  /// Why nothing is watched, in words for users; empty when something is, and where it is the
  /// system's ordinary way.
  public Optional<String> scanning() {
    return scanning.isEmpty() ? Optional.empty() : Optional.of(scanning);
  }

  /// Waits until something has changed since this was last asked (also before it is asked now),
  /// [#wake] is called, or the time is over.
  ///
  /// @param untilChanged false to wait for the other two only: who looks again soon anyway need not
  ///     be woken by every piece of a file that grows
  public void await(Duration atMost, boolean untilChanged) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (turn) {
      long left = atMost.toNanos();
      while (left > 0 && !called && !(untilChanged && changed)) {
        TimeUnit.NANOSECONDS.timedWait(turn, left);
        left = end - System.nanoTime();
      }
      called = false;
      changed = false;
    }
  }

  /// Ends a wait under way, or the next one.
  public void wake() {
    synchronized (turn) {
      called = true;
      turn.notifyAll();
    }
  }

  private void somethingChanged() {
    synchronized (turn) {
      changed = true;
      turn.notifyAll();
    }
  }

  private void passOn(WatchService from) {
    try {
      while (true) {
        WatchKey key = from.take();
        if (concernsUs(key)) {
          somethingChanged();
        }
        // Before the key is set back, so that a file that grows does not keep this busy.
        Thread.sleep(BETWEEN_BATCHES);
        key.reset();
      }
    } catch (ClosedWatchServiceException | InterruptedException over) {
      // Nobody waits for events any more.
    }
  }

  /// An overflow concerns us: what was lost may have been anything.
  private boolean concernsUs(WatchKey key) {
    boolean concerns = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      concerns |= !(wholeTree && event.context() instanceof Path below && isElsewhere(below));
    }
    return concerns;
  }

  /// In the whole tree there are recordings and vat's own notes too.
  private static boolean isElsewhere(Path below) {
    Set<String> names = new HashSet<>();
    below.forEach(name -> names.add(name.toString().toLowerCase(Locale.ROOT)));
    boolean inSight = below.getNameCount() <= 2 || names.contains("s3-staging");
    return !inSight || below.getName(0).toString().startsWith(".");
  }

  @Override
  public void close() {
    stopWatching();
    wake();
  }
}
