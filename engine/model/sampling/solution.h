// A solver on its way: a coroutine that stops wherever it wants the denoiser's answer, so that it reads from top to bottom as in a paper and
// several can still share one call of the network. No Torch in it.
#pragma once

#include <coroutine>
#include <utility>

namespace drift {

// D(x; sigma): the clean picture that the denoiser sees in x. In a solver: X d = co_await D<X, Real>(x, sigma);
template <class X, class Real>
struct D {
    X x;
    Real sigma{};
    D() = default;
    D(X at, Real noise) : x(std::move(at)), sigma(noise) {}
};

template <class X, class Real>
class Solution {
public:
    struct promise_type {
        D<X, Real> question;
        X answer, result;
        Solution get_return_object() { return Solution(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_value(X x) { result = std::move(x); }
        void unhandled_exception() { throw; }  // to whoever began it or gave the answer
        struct Wait {
            promise_type& promise;
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<>) const noexcept {}
            X await_resume() const { return std::move(promise.answer); }
        };
        Wait await_transform(D<X, Real> asked) {
            question = std::move(asked);
            return {*this};
        }
    };

    Solution() = default;
    Solution(Solution&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Solution& operator=(Solution&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Solution() {
        if (handle_) handle_.destroy();
    }

    void begin() { handle_.resume(); }  // up to its first question
    bool done() const { return handle_.done(); }
    // While it is not done: what it waits for.
    const D<X, Real>& question() const { return handle_.promise().question; }
    void answer(X d) {
        handle_.promise().answer = std::move(d);
        handle_.resume();
    }
    const X& result() const { return handle_.promise().result; }  // once it is done

private:
    explicit Solution(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    std::coroutine_handle<promise_type> handle_;
};

}  // namespace drift
