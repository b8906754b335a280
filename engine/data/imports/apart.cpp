#include "data/imports/apart.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include "core/error.h"

namespace drift {
namespace {

constexpr int most_silence = 60'000;                   // milliseconds
constexpr std::uint32_t longest_message = 256u << 20;  // a frame of the largest sides, and more
constexpr rlim_t most_memory = rlim_t{8} << 30;        // bytes more than there are
enum class Kind : std::uint8_t { said, failed, done };

bool put(int to, const void* bytes, std::size_t count) {
    for (auto* at = static_cast<const char*>(bytes); count > 0;) {
        const ssize_t got = ::write(to, at, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got, count -= static_cast<std::size_t>(got);
    }
    return true;
}

void put_message(int to, Kind kind, std::string_view text) {
    const auto length = static_cast<std::uint32_t>(text.size());
    if (!put(to, &kind, sizeof kind) || !put(to, &length, sizeof length) || !put(to, text.data(), text.size()))
        ::_exit(1);  // nobody listens any more
}

// As the limit counts it: a sanitizer's shadow, too.
rlim_t memory_now() {
    std::ifstream pages("/proc/self/statm");
    rlim_t size = 0, resident = 0, shared = 0, text = 0, libraries = 0, data = 0;
    pages >> size >> resident >> shared >> text >> libraries >> data;
    return data * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

[[noreturn]] void be_child(int to, const std::function<void(const Say&)>& work) {
    for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGTERM, SIGPIPE}) std::signal(signal, SIG_DFL);
    std::signal(SIGINT, SIG_IGN);  // the parent decides
    auto limit = [](int what, rlim_t most) {
        const rlimit both{most, most};
        ::setrlimit(static_cast<__rlimit_resource_t>(what), &both);
    };
    limit(RLIMIT_CORE, 0), limit(RLIMIT_FSIZE, 0), limit(RLIMIT_DATA, memory_now() + most_memory);
    if (const int nothing = ::open("/dev/null", O_WRONLY); nothing >= 0) ::dup2(nothing, 1), ::dup2(nothing, 2);
    try {
        work([&](std::string_view message) { put_message(to, Kind::said, message); });
        put_message(to, Kind::done, "");
    } catch (const Error& error) {
        put_message(to, Kind::failed, error.what());
    } catch (...) {
        ::_exit(1);
    }
    ::_exit(0);
}

// The parent's end: the child is gone when this is.
class Child {
public:
    Child(const std::filesystem::path& file, const std::function<void(const Say&)>& work) : file_(file) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(file, std::string("cannot be read: ") + std::strerror(errno));
        process_ = ::fork();
        if (process_ == 0) {
            ::close(ends[0]);
            be_child(ends[1], work);
        }
        ::close(ends[1]);
        from_ = ends[0];
        if (process_ < 0) {
            ::close(from_);
            throw Error(file, std::string("cannot be read: ") + std::strerror(errno));
        }
    }
    ~Child() {
        ::close(from_);
        ::kill(process_, SIGKILL);
        while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {}
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    Kind next(std::string& text) {
        Kind kind{};
        std::uint32_t length = 0;
        take(&kind, sizeof kind), take(&length, sizeof length);
        if (kind > Kind::done || length > longest_message) damaged("sends what is no message");
        text.resize(length);
        take(text.data(), length);
        return kind;
    }
    [[noreturn]] void damaged(const char* what) const {
        throw Error(file_, std::string("is damaged: what reads it ") + what);
    }

private:
    void take(void* to, std::size_t count) {
        for (auto* at = static_cast<char*>(to); count > 0;) {
            pollfd ready{from_, POLLIN, 0};
            const int found = ::poll(&ready, 1, most_silence);
            if (found == 0) damaged("does not come to an end");
            if (found < 0 && errno == EINTR) continue;
            const ssize_t got = ::read(from_, at, count);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) damaged("crashes");
            at += got, count -= static_cast<std::size_t>(got);
        }
    }
    const std::filesystem::path& file_;
    pid_t process_ = -1;
    int from_ = -1;
};

enum class Part : char { expect = 'e', frame = 'f', step = 's' };

struct FrameHead {
    std::int32_t width = 0, height = 0;
};
struct StepHead {
    std::int32_t action = 0;
    std::uint32_t held = 0;
    double mouse_x = 0, mouse_y = 0;
};

class Teller : public EpisodeSink {
public:
    explicit Teller(const Say& say) : say_(say) {}
    void expect(std::size_t frames) override {
        const std::uint64_t count = frames;
        tell(Part::expect, &count, sizeof count, nullptr, 0);
    }
    void frame(Frame frame) override {
        const FrameHead head{frame.width, frame.height};
        tell(Part::frame, &head, sizeof head, frame.rgb.data(), frame.rgb.size());
    }
    void step(const ImportedStep& step) override {
        const StepHead head{step.action, step.held.held, step.held.mouse_x, step.held.mouse_y};
        tell(Part::step, &head, sizeof head, step.more.data(), step.more.size() * sizeof(double));
    }

private:
    void tell(Part part, const void* head, std::size_t head_bytes, const void* rest, std::size_t rest_bytes) {
        message_.assign(1, static_cast<char>(part));
        message_.append(static_cast<const char*>(head), head_bytes);
        if (rest_bytes > 0) message_.append(static_cast<const char*>(rest), rest_bytes);
        say_(message_);
    }
    const Say& say_;
    std::string message_;
};

// Looked at as closely as a file: a child that went wrong may say anything.
void hear_part(std::string_view message, const std::filesystem::path& file, EpisodeSink& sink) {
    auto wrong = [&] { throw Error(file, "is damaged: what reads it sends what is no message"); };
    if (message.empty()) wrong();
    const auto part = static_cast<Part>(message.front());
    message.remove_prefix(1);
    auto take = [&](auto& head) {
        if (message.size() < sizeof head) wrong();
        std::memcpy(&head, message.data(), sizeof head);
        message.remove_prefix(sizeof head);
    };
    if (part == Part::expect) {
        std::uint64_t count = 0;
        take(count);
        sink.expect(count);
    } else if (part == Part::frame) {
        FrameHead head;
        take(head);
        if (std::min(head.width, head.height) < 1 || std::max(head.width, head.height) > longest_imported_side ||
            message.size() != static_cast<std::size_t>(head.width) * static_cast<std::size_t>(head.height) * 3)
            wrong();
        Frame frame(head.width, head.height);
        std::memcpy(frame.rgb.data(), message.data(), message.size());
        sink.frame(std::move(frame));
    } else if (part == Part::step) {
        StepHead head;
        take(head);
        if (message.size() % sizeof(double) != 0 || head.action < 0 || head.action >= most_actions) wrong();
        ImportedStep step{
            head.action, {head.held, head.mouse_x, head.mouse_y}, std::vector<double>(message.size() / sizeof(double))};
        if (!message.empty()) std::memcpy(step.more.data(), message.data(), message.size());
        sink.step(step);
    } else {
        wrong();
    }
}

}  // namespace

void run_apart(const std::filesystem::path& file, const std::function<void(const Say&)>& work,
               const std::function<void(std::string_view)>& hear) {
    Child child(file, work);
    for (std::string text;;) {
        switch (child.next(text)) {
            case Kind::said: hear(text); break;
            case Kind::failed: throw Error(printable(text));
            case Kind::done: return;
        }
    }
}

void read_apart(const std::filesystem::path& file, const std::function<void(EpisodeSink&)>& read, EpisodeSink& sink) {
    run_apart(
        file,
        [&](const Say& say) {
            Teller teller(say);
            read(teller);
        },
        [&](std::string_view message) { hear_part(message, file, sink); });
}

}  // namespace drift
