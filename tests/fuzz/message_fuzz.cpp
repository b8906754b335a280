// Damaged messages of a game outside, under sanitizers: each is read or refused with an Error. message_fuzz --inputs N
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

#include "core/error.h"
#include "games/outside/message.h"

using namespace drift;
using Bytes = std::vector<std::uint8_t>;

namespace {

std::mt19937 random_number(7);

Bytes damaged(Bytes bytes) {
    for (int times = 1 + static_cast<int>(random_number() % 6); times > 0 && !bytes.empty(); --times) {
        const auto at = random_number() % bytes.size();
        switch (random_number() % 5) {
            case 0: bytes[at] ^= static_cast<std::uint8_t>(1u << random_number() % 8); break;
            case 1: bytes[at] = static_cast<std::uint8_t>(random_number()); break;
            case 2: bytes.resize(at); break;
            case 3:
                bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin(),
                             bytes.begin() + static_cast<std::ptrdiff_t>(random_number() % bytes.size()));
                break;
            default: bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at)); break;
        }
        if (bytes.size() > 20000) bytes.resize(20000);
    }
    return bytes;
}

template <class Read>
bool accepted(Read read) {
    try {
        read();
        return true;
    } catch (const Error& error) {
        if (std::strlen(error.what()) > 2000) std::abort();
        return false;
    }
}

}  // namespace

int main(int argc, char** argv) {
    const long inputs = argc > 2 ? std::atol(argv[2]) : 100000;
    const std::string hello =
        R"({"protocol":1,"name":"a","width":16,"height":16,"rate":15,"save":true,"objects":["ball"],"joystick":false,"actions":[{"name":"noop","keys":[]},{"name":"go","keys":["Up"]}]})";
    const Bytes said(hello.begin(), hello.end());
    const GameInfo info = outside::read_hello(said).info;
    Bytes frame(outside::shown_size(info), 5);
    const Bytes head = outside::message("FRAM", frame);
    long taken = 0;
    for (long i = 0; i < inputs; ++i) {
        switch (i % 3) {
            case 0: taken += accepted([&] { outside::read_hello(damaged(said)); }); break;
            case 1: taken += accepted([&] { outside::read_shown(damaged(frame), info); }); break;
            default:
                taken += accepted([&] {
                    const Bytes bytes = damaged({head.begin(), head.begin() + 8});
                    outside::read_head(bytes);
                    outside::read_failure(bytes);
                });
        }
    }
    std::printf("%ld damaged messages, %ld of them still sound\n", inputs, taken);
    return taken > 0 && taken < inputs ? 0 : 1;
}
