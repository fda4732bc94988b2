# Finds a JDK 25 or newer. To be sourced by a POSIX shell:
#
#   . scripts/find-jdk.sh
#   jdk=$(find_jdk) || exit 2
#
# JAVA_HOME wins when it fits; else the first JDK 25 of `java` on the PATH and the usual places of Linux, macOS and
# Windows (Git Bash); else the oldest newer one found there. No java is started: the file `release` of each candidate is
# read. One built on OpenJ9 is passed over, it has no start-up cache of the kind that vat uses.

JDK_WANTED=25

# jdk_major HOME: prints the major version of the JDK there; fails when it is no JDK that fits.
jdk_major() {
  [ -f "$1/release" ] || return 1
  [ -x "$1/bin/javac" ] || [ -x "$1/bin/javac.exe" ] || return 1
  major=
  while IFS='=' read -r key value; do
    case $key in
      JAVA_VERSION) value=${value#\"}; major=${value%%[!0-9]*} ;;
      JVM_VARIANT) case $value in *[Oo]pen[Jj]9*) return 1 ;; esac ;;
    esac
  done <"$1/release"
  [ -n "$major" ] && [ "$major" -ge "$JDK_WANTED" ]
}

# jdk_of_path: prints the home of the `java` that the PATH finds, links followed.
jdk_of_path() {
  java=$(command -v java) || return 1
  while [ -h "$java" ]; do
    link=$(readlink "$java") || return 1
    case $link in
      /*) java=$link ;;
      *) java=${java%/*}/$link ;;
    esac
  done
  CDPATH='' cd "${java%/*}/.." 2>/dev/null && pwd -P
}

# find_jdk [ROOT]: prints the home of the JDK, or says how to get one and returns 2. ROOT (default: none) is put before
# the system's places, not before those in HOME.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_major "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  newer='' newer_major=''
  for home in \
    "$(jdk_of_path)" \
    "${1:-}"/usr/lib/jvm/* \
    "${1:-}"/usr/lib64/jvm/* \
    "${1:-}"/usr/java/* \
    "${1:-}"/usr/local/openjdk* \
    "${1:-}"/usr/local/*jdk*/ \
    "${1:-}"/opt/*jdk* \
    "${1:-}"/opt/*java* \
    "${1:-}"/opt/java/* \
    "${1:-}"/snap/openjdk/current/jdk \
    "${1:-}"/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    "${1:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${1:-}"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${1:-}"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* \
    "${HOME:-}"/.local/share/mise/installs/java/* \
    "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/asdf/installs/java/* \
    "${HOME:-}"/.gradle/jdks/* \
    "${HOME:-}"/scoop/apps/*jdk*/current \
    "${1:-}"/c/Program\ Files/Java/* \
    "${1:-}"/c/Program\ Files/Eclipse\ Adoptium/* \
    "${1:-}"/c/Program\ Files/Microsoft/jdk* \
    "${1:-}"/c/Program\ Files/Amazon\ Corretto/* \
    "${1:-}"/c/Program\ Files/Zulu/* \
    "${1:-}"/c/Program\ Files/BellSoft/*; do
    home=${home%/}
    if [ -n "$home" ] && jdk_major "$home"; then
      if [ "$major" -eq "$JDK_WANTED" ]; then
        printf '%s\n' "$home"
        return 0
      fi
      if [ -z "$newer" ] || [ "$major" -lt "$newer_major" ]; then
        newer=$home newer_major=$major
      fi
    fi
  done
  if [ -n "$newer" ]; then
    printf '%s\n' "$newer"
    return 0
  fi
  cat >&2 <<EOF
vat needs a JDK $JDK_WANTED or newer (a JDK, not only a JRE), and none was found in JAVA_HOME, on the PATH or in the usual places.
Get one:
  macOS            brew install --cask temurin@$JDK_WANTED
  Windows          winget install EclipseAdoptium.Temurin.$JDK_WANTED.JDK
  Debian, Ubuntu   sudo apt install openjdk-$JDK_WANTED-jdk     (older releases: see https://adoptium.net/installation/linux)
  Fedora           sudo dnf install java-$JDK_WANTED-openjdk-devel
  anywhere         https://adoptium.net, or with SDKMAN: sdk install java $JDK_WANTED-tem
It is somewhere else? Say where: export JAVA_HOME=/path/to/jdk
EOF
  return 2
}
